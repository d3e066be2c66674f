import { useEffect, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import style from './chart.module.css';
import { dayAndYear, roughly, shownCalendar, tick, time, units } from './format';

interface ChartProps {
  /** What it shows, in a sentence, for those who do not see it: its numbers stand in a table beside it. */
  readonly label: string;
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly kind: 'steps' | 'bars';
  /** What the values are, for the legend. */
  readonly unit: string;
  /** How the legend writes a value: as units, by default. */
  readonly format?: (value: number | null) => string;
  /** Whether the times stand for days, each at midnight UTC, rather than moments. */
  readonly isDaily?: boolean;
  /** A level drawn across, such as a reorder point. */
  readonly level?: number | null;
}

const HEIGHT_PX = 220;

/** A chart of one quantity over time, drawn again when its numbers, its width or the colours change. */
export function Chart(props: ChartProps) {
  const { label, times, values, kind, unit, isDaily = false, level = null } = props;
  const { format = units } = props;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const colours = coloursOf(element);
      const shown = underPointerOrLast(times.length);
      plot = new uPlot(
        {
          width: element.clientWidth,
          height: HEIGHT_PX,
          // Its marks stand at whole hours and days of that clock.
          tzDate: (seconds: number) =>
            uPlot.tzDate(new Date(seconds * 1_000), isDaily ? 'UTC' : shownCalendar().timeZone),
          scales: {
            ...(kind === 'bars' && { x: { range: withHalfDays } }),
            y: { range: (_plot, _min, max) => [0, Math.max(1, max, level ?? 0) * 1.08] },
          },
          axes: [
            {
              ...axis(colours),
              values: (_plot, splits, _axis, _space, stepS) =>
                splits.map((seconds) => tick(seconds * 1_000, stepS * 1_000, isDaily)),
            },
            {
              ...axis(colours),
              size: 64,
              values: (_plot, splits) => splits.map(roughly),
              incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6, 1e7, 1e8],
            },
          ],
          series: [
            {
              label: isDaily ? 'Day' : 'Time',
              value: shown((index) => (isDaily ? dayAndYear : time)((times[index] ?? 0) * 1_000)),
            },
            {
              label: unit,
              value: shown((index) => format(values[index] ?? null)),
              stroke: colours.accent,
              width: kind === 'steps' ? 2 : 0,
              fill:
                kind === 'bars'
                  ? colours.accent
                  : `color-mix(in srgb, ${colours.accent} 14%, transparent)`,
              points: { show: false },
              paths:
                kind === 'steps'
                  ? (uPlot.paths.stepped as NonNullable<typeof uPlot.paths.stepped>)({ align: 1 })
                  : (uPlot.paths.bars as NonNullable<typeof uPlot.paths.bars>)({
                      size: [0.7, 40],
                      radius: 0.15,
                    }),
            },
            ...(level === null
              ? []
              : [
                  {
                    label: 'Reorder at',
                    value: () => format(level),
                    stroke: colours.warn,
                    width: 1,
                    dash: [5, 4],
                    points: { show: false },
                  },
                ]),
          ],
        },
        [
          times as number[],
          values as (number | null)[],
          ...(level === null ? [] : [times.map(() => level)]),
        ],
        element,
      );
    };
    draw();
    const resized = new ResizeObserver(() =>
      plot?.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    resized.observe(element);
    const recoloured = new MutationObserver(draw);
    recoloured.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      scheme.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [times, values, kind, unit, format, isDaily, level]);
  return <div ref={frame} role="img" aria-label={label} className={style.chart} />;
}

/** A value of the legend: the one under the pointer, else the last one, so that the legend is never empty. */
function underPointerOrLast(length: number) {
  return (text: (index: number) => string): uPlot.Series.Value =>
    (_plot, _value, _series, index) =>
      text(index ?? length - 1);
}

const HALF_DAY_S = 43_200;

/** Room for the first and the last bar, which stand around the beginning of their day. */
function withHalfDays(_plot: uPlot, from: number, to: number): [number, number] {
  return [from - HALF_DAY_S, to + HALF_DAY_S];
}

interface Colours {
  readonly accent: string;
  readonly warn: string;
  readonly text: string;
  readonly line: string;
}

/** Colours as the canvas takes them: `light-dark()` means nothing to it. */
function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('span');
  element.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    accent: colour('accent'),
    warn: colour('warn'),
    text: colour('text-2'),
    line: colour('line'),
  };
  probe.remove();
  return colours;
}

function axis({ text, line }: Colours): uPlot.Axis {
  return {
    stroke: text,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: '12px system-ui, sans-serif',
  };
}
