/** What a sound means. */
type Sound = 'recorded' | 'waiting' | 'refused';

/** Pitches in hertz, one after the other: up for good, level for later, down for bad. */
const NOTES: Record<Sound, readonly number[]> = {
  recorded: [880, 1_320],
  waiting: [660],
  refused: [330, 220, 220],
};

const NOTE_S = 0.09;
const LOUDNESS = 0.12;

let audio: AudioContext | undefined;
/** Notes that are not over yet. */
let notes = 0;
let isLoud = true;
let playing: { readonly sound: Sound; readonly endMs: number } | undefined;

/** Whether sounds are played. */
export function areSoundsOn(): boolean {
  return isLoud;
}

/** Turns the sounds on or off, until the page is closed. */
export function turnSounds(on: boolean): void {
  isLoud = on;
}

/** Plays a short sound, if the browser can. */
export function play(sound: Sound): void {
  if (!isLoud) return;
  try {
    audio ??= new AudioContext();
    void audio.resume();
    // Many answers at once make one sound, not a louder one.
    const now = performance.now();
    if (playing?.sound === sound && now < playing.endMs) return;
    playing = { sound, endMs: now + NOTES[sound].length * NOTE_S * 1_000 };
    for (const [place, pitch] of NOTES[sound].entries()) note(audio, pitch, place * NOTE_S);
  } catch {
    // Without sound, colours and words say the same.
  }
}

function note(context: AudioContext, pitch: number, afterS: number): void {
  const begin = context.currentTime + afterS;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = pitch;
  gain.gain.setValueAtTime(LOUDNESS, begin);
  gain.gain.exponentialRampToValueAtTime(0.001, begin + NOTE_S);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + NOTE_S);
  notes += 1;
  oscillator.addEventListener('ended', () => {
    notes -= 1;
    // A context that runs uses the processor even while it plays nothing. `play` resumes it.
    if (notes === 0) void context.suspend();
  });
}
