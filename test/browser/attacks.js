/**
 * All that a page of another site can try against a service by itself. It runs on that page.
 *
 * @param {string} url the service
 * @param {string} invitation of somebody else, who wants this browser to be theirs
 * @returns {Promise<Record<string, unknown>>} what each attempt got: `nothing` if it could read nothing
 */
// biome-ignore lint/correctness/noUnusedVariables: the test calls it, on the page.
async function attack(url, invitation) {
  const tried = {};
  const attempt = (name, trying) => {
    tried[name] = Promise.resolve()
      .then(trying)
      .then(
        (got) => got ?? 'nothing',
        () => 'nothing',
      );
  };
  const count = { productID: '1', availableQuantity: '0' };
  const form = new URLSearchParams(count);
  const parts = new FormData();
  for (const [name, value] of Object.entries(count)) parts.set(name, value);
  const json = JSON.stringify({ productID: 1, availableQuantity: 0 });

  const changes = [
    ['POST', '/inventory', form],
    ['POST', '/inventory', parts],
    ['POST', '/inventory', json],
    ['POST', '/inventory', new Blob([json], { type: 'application/json' })],
    ['POST', '/sales', new URLSearchParams({ productID: '1', quantity: '1' })],
    ['POST', '/keys', new URLSearchParams({ name: 'mine', scopes: 'access:write' })],
    ['POST', '/invitations', new URLSearchParams({ name: 'eve', role: 'owner' })],
    ['POST', '/sessions', new URLSearchParams({ invitation })],
    ['POST', '/sign-in/provider', new URLSearchParams({ invitation })],
    ['POST', '/imports/counts', parts],
    ['PUT', '/inventory', form],
    ['PATCH', '/products/1', form],
    ['PATCH', '/people/1', new URLSearchParams({ role: 'viewer' })],
    ['DELETE', '/products/1', undefined],
    ['DELETE', '/people/1/sessions', undefined],
  ];
  const reads = [
    '/me',
    '/inventory',
    '/records',
    '/records.csv',
    '/people',
    '/access',
    '/',
    '/docs',
  ];
  const asks = [...changes, ...reads.map((path) => ['GET', path, undefined])];
  for (const [index, [method, path, body]] of asks.entries()) {
    for (const mode of ['no-cors', 'cors']) {
      attempt(`${index} ${mode} ${method} ${path}`, async () => {
        const answer = await fetch(url + path, { method, mode, body, credentials: 'include' });
        return `${answer.type} ${await answer.text()}`;
      });
    }
  }
  attempt('a header of its own', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'Sec-Fetch-Site': 'same-origin' };
    return (await fetch(`${url}/products/1`, { method: 'POST', headers })).text();
  });
  attempt('a beacon', () => {
    navigator.sendBeacon(`${url}/inventory`, form);
  });

  const element = (tag, attributes) =>
    new Promise((resolve) => {
      const made = Object.assign(document.createElement(tag), attributes);
      made.onload = () => resolve(tag === 'iframe' ? made.contentDocument?.body?.innerText : 'it');
      made.onerror = () => resolve(undefined);
      document.body.append(made);
    });
  for (const path of [...reads, '/alerts/1/act?do=acknowledge', '/sign-in/provider/callback']) {
    attempt(`an image ${path}`, () => element('img', { src: url + path }));
    attempt(`a script ${path}`, () => element('script', { src: url + path }));
    attempt(`a style ${path}`, () => element('link', { rel: 'stylesheet', href: url + path }));
    // A file would be downloaded, and the frame says nothing of it.
    if (path.endsWith('.csv')) continue;
    attempt(`a frame ${path}`, () => element('iframe', { src: url + path }));
  }

  for (const enctype of [
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain',
  ]) {
    attempt(`a form ${enctype}`, async () => {
      const name = enctype;
      const action = `${url}/inventory`;
      const sent = Object.assign(document.createElement('form'), {
        ...{ method: 'post', target: name, action, enctype },
      });
      for (const [field, value] of Object.entries(count)) {
        sent.append(Object.assign(document.createElement('input'), { name: field, value }));
      }
      document.body.append(sent);
      const frame = Object.assign(document.createElement('iframe'), { name });
      document.body.append(frame);
      // An empty frame has loaded by now, so this is the answer.
      const answered = new Promise((resolve) => {
        frame.onload = () => resolve(frame.contentDocument?.body?.innerText);
      });
      sent.submit();
      return answered;
    });
  }

  for (const path of ['/records', '/records?alerts=true']) {
    attempt(`events ${path}`, () => {
      const events = new EventSource(url + path, { withCredentials: true });
      return new Promise((resolve) => {
        events.onopen = () => resolve('open');
        events.onerror = () => resolve(events.close());
      });
    });
    attempt(`a WebSocket ${path}`, () => {
      const socket = new WebSocket(url.replace('http', 'ws') + path);
      return new Promise((resolve) => {
        socket.onopen = () => resolve('open');
        socket.onclose = () => resolve(undefined);
      });
    });
  }
  const names = Object.keys(tried);
  const got = await Promise.all(Object.values(tried));
  return Object.fromEntries(names.map((name, index) => [name, got[index]]));
}
