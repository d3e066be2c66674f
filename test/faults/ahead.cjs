// Loaded into a service's process before it starts: SIGUSR2 sets its clock ahead by CLOCK_AHEAD_MS, and back again.
const RealDate = Date;
let aheadMs = process.env.CLOCK_STARTS_AHEAD ? Number(process.env.CLOCK_AHEAD_MS) : 0;

process.on('SIGUSR2', () => {
  aheadMs = aheadMs === 0 ? Number(process.env.CLOCK_AHEAD_MS) : 0;
});

globalThis.Date = class AheadDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + aheadMs);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
