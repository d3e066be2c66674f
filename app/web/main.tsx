import './style/tokens.css';
import './style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { watchTyping } from './frame/half-typed';
import { ScreenNotLoaded } from './frame/lazy-screen';
import { PageBoundary } from './frame/page-boundary';
import { createPage, PageProvider } from './page';
import { guardPresses } from './ui/deliberate';
import { applyTheme, readTheme } from './ui/theme';

applyTheme(readTheme());
guardPresses(document);
watchTyping();

const page = createPage();
void page.live.run(new AbortController().signal);

createRoot(document.getElementById('root') as HTMLElement, {
  onCaughtError: (error) => {
    // A screen that cannot be loaded now has its own message. Everything else is a fault of the page.
    if (!(error instanceof ScreenNotLoaded)) reportError(error);
  },
}).render(
  <StrictMode>
    <PageBoundary>
      <PageProvider value={page}>
        <QueryClientProvider client={page.queries}>
          <App />
        </QueryClientProvider>
      </PageProvider>
    </PageBoundary>
  </StrictMode>,
);
