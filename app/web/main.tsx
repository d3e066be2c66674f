import './style/tokens.css';
import './style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { createPage, PageProvider } from './page';
import { guardPresses } from './ui/deliberate';
import { applyTheme, readTheme } from './ui/theme';

applyTheme(readTheme());
guardPresses(document);

const page = createPage();
void page.live.run(new AbortController().signal);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <PageProvider value={page}>
      <QueryClientProvider client={page.queries}>
        <App />
      </QueryClientProvider>
    </PageProvider>
  </StrictMode>,
);
