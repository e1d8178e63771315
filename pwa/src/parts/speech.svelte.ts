// Reading aloud by the device itself. Voices that live on somebody's server are left out: they need a signal,
// and what is read here concerns a customer. Cantonese is no stand-in for Mandarin.
import { type Tongue, tongue } from './words.svelte';

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>;
const SPOKEN: Record<Tongue, RegExp> = { zh: /^(zh|cmn)(?!.*(HK|MO|yue))/i, en: /^en/i };
const BEST: Record<Tongue, RegExp> = { zh: /CN|Hans/i, en: /GB|US/i };
// A little slower than the usual pace.
const RATE = 0.9;

/** The device's own voice for this tongue, or null. */
export function voiceFor<V extends Voice>(voices: readonly V[], spoken: Tongue): V | null {
  const own = voices.filter((voice) => voice.localService && SPOKEN[spoken].test(voice.lang));
  return own.find((voice) => BEST[spoken].test(voice.lang)) ?? own[0] ?? null;
}

export interface Reader {
  /** whether it can be offered at all */
  can(): boolean;
  reading(): boolean;
  /** line after line; `done` only if it came to the end */
  read(lines: readonly string[], done?: () => void): void;
  stop(): void;
}

/** To be called while a component is made; it falls silent with it. */
export function reader(): Reader {
  const synth = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  let voices = $state.raw<readonly SpeechSynthesisVoice[]>([]);
  let turn = $state(0);
  let busy = $state(false);
  const voice = $derived(voiceFor(voices, tongue()));

  $effect(() => {
    const hear = () => {
      voices = synth?.getVoices() ?? [];
    };
    hear();
    synth?.addEventListener?.('voiceschanged', hear);
    return () => {
      synth?.removeEventListener?.('voiceschanged', hear);
      synth?.cancel();
    };
  });

  function stop() {
    turn += 1;
    busy = false;
    synth?.cancel();
  }
  function read(lines: readonly string[], done?: () => void) {
    stop();
    if (!synth || !voice) return;
    const mine = turn;
    busy = true;
    // One utterance per line: long ones are cut short by some engines.
    for (const [at, line] of lines.entries()) {
      const said = new SpeechSynthesisUtterance(line);
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = RATE;
      said.onend = () => {
        if (mine === turn && at === lines.length - 1) {
          busy = false;
          done?.();
        }
      };
      said.onerror = () => {
        if (mine === turn) stop();
      };
      synth.speak(said);
    }
  }
  return { can: () => voice !== null, reading: () => busy, read, stop };
}
