import { deviceStorage } from '../api/browser-storage';

/** How the page looks: as the system does, or as somebody chose. */
const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** One for all services of the same host. */
const KEPT_AS = 'inventory.theme';

export function readTheme(): Theme {
  const kept = deviceStorage.read(KEPT_AS);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Shows a theme, and keeps it if the browser allows that. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  deviceStorage.keep(KEPT_AS, theme);
}
