import style from './sparkline.module.css';

const WIDTH = 90;
const HEIGHT = 22;

/** A small picture of what was sold day by day: one bar a day, today the last. Its numbers are beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return (
    <svg className={style.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path
        d={values
          .map((value, day) => {
            const height = (Math.max(0, value) / most) * (HEIGHT - 2);
            const x = day * step;
            return height > 0 ? `M${x} ${HEIGHT}h${step - 0.8}v${-height}h${0.8 - step}z` : '';
          })
          .join('')}
      />
      <path className={style.base} d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} />
    </svg>
  );
}
