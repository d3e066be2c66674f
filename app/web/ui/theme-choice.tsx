import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Choice } from './controls';
import { applyTheme, readTheme, type Theme } from './theme';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

/** Light, dark, or as the system is. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <Choice
      label="Looks"
      value={theme}
      options={(Object.keys(ICONS) as Theme[]).map((value) => {
        const Icon = ICONS[value];
        return {
          value,
          text: (
            <>
              <Icon size={15} aria-hidden />
              <span className="unseen">{NAMES[value]}</span>
            </>
          ),
        };
      })}
      onChange={(chosen) => {
        setTheme(chosen);
        applyTheme(chosen);
      }}
    />
  );
}
