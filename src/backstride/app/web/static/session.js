// Leads through a session.  The steps are read from the list on the page; time goes by the clock, not by
// ticks, so that a tab that slept goes on where the session really is.
const BETWEEN_HOLDS_S = 3;

/** Every step in order; `seconds` is null where the runner ends it, `number` counts the parts of the session. */
export function stepsOf(list, words) {
  const steps = [];
  let number = 0;
  for (const block of list.querySelectorAll("[data-block]")) {
    const rounds = Number(block.dataset.rounds);
    for (let round = 1; round <= rounds; round += 1) {
      for (const part of block.querySelectorAll(".parts > li")) {
        number += 1;
        steps.push(...stepsOfPart(part, { block, round, rounds, number }, words, steps.at(-1)));
      }
    }
  }
  while (steps.length > 1 && steps.at(-1).does === "rest") steps.pop();
  return steps;
}

function stepsOfPart(part, where, words, before) {
  const { does, seconds, repetitions, hold, first, second } = part.dataset;
  const name = part.querySelector(".name").textContent;
  const amount = part.querySelector(".amount").textContent;
  if (hold === undefined) {
    const timed = seconds === undefined ? null : Number(seconds);
    return [{ does, name, amount: timed === null ? amount : "", seconds: timed, ...where }];
  }
  const count = Number(repetitions);
  const holds = [];
  for (let nth = 1; nth <= count; nth += 1) {
    const called = first === undefined ? name : nth % 2 ? first : second;
    if (nth > 1 || before?.does !== "rest") {
      holds.push({ does: "ready", name: words.ready, amount: called, seconds: BETWEEN_HOLDS_S, ...where });
    }
    holds.push({ does, name: called, amount: `${words.heldFor} ${nth} ${words.of} ${count}`, seconds: Number(hold), ...where });
  }
  return holds;
}

/** Where a session stands at a moment: {at, spent} in ms within the step; at = steps.length when it is over. */
export function standing(state, steps, now) {
  let { at } = state;
  let spent = state.spent + (state.since === null ? 0 : Math.max(0, now - state.since));
  while (at < steps.length && steps[at].seconds !== null && spent >= steps[at].seconds * 1000) {
    spent -= steps[at].seconds * 1000;
    at += 1;
  }
  return { at, spent: at < steps.length ? spent : 0 };
}

/** Seconds as 1:05. */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const player = document.getElementById("player");
if (player) lead(player);

function lead(player) {
  const words = player.dataset;
  const steps = stepsOf(document.getElementById("whole"), words);
  const of = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const key = `backstride-session:${location.pathname}:${words.day}:${steps.length}`;
  let state = kept(key, steps.length) ?? { at: 0, spent: 0, since: null, begun: false };
  let shown = -1;
  let awake = null;
  let sound = null;

  function keep(next) {
    state = next;
    try {
      sessionStorage.setItem(key, JSON.stringify(state));
    } catch {
      // a browser that keeps nothing still leads through
    }
  }

  function look() {
    const now = Date.now();
    const stood = standing(state, steps, now);
    if (stood.at !== state.at) {
      const over = stood.at >= steps.length;
      keep({ ...state, ...stood, since: over || state.since === null ? null : now });
      if (over) stay(false);
      signal(over);
    }
    show(stood);
  }

  function show({ at, spent }) {
    if (at >= steps.length) {
      end();
      return;
    }
    const step = steps[at];
    if (at !== shown) showStep(at, step);
    const gone = spent / 1000;
    const open = step.seconds === null;
    of("clock").textContent = clock(open ? Math.floor(gone) : Math.ceil(step.seconds - gone));
    const left = open ? 1 : 1 - (calm.matches ? Math.floor(gone) : gone) / step.seconds;
    of("ring").style.strokeDashoffset = String(100 * (1 - left));
    const running = state.since !== null;
    of("go").textContent = !state.begun ? words.start : !running ? words.goOn : open ? words.done : words.holdOn;
  }

  function showStep(at, step) {
    shown = at;
    of("over").classList.remove("now");
    of("stage").dataset.does = step.does;
    of("stage").classList.toggle("open", step.seconds === null);
    const round = step.rounds > 1 ? ` · ${words.round} ${step.round} ${words.of} ${step.rounds}` : "";
    of("so-far").textContent = `${words.partOf} ${step.number} ${words.of} ${steps.at(-1).number}${round}`;
    of("what").textContent = step.name;
    of("amount").textContent = step.amount;
    of("clock-label").textContent = step.seconds === null ? words.timeGone : words.timeLeft;
    const drawn = step.block.querySelector(".drawn svg");
    of("figure").replaceChildren(...(drawn ? [drawn.cloneNode(true)] : []));
    of("cues").textContent = [...step.block.querySelectorAll(".cues li")].map((cue) => cue.textContent).join(" ");
    const next = steps.slice(at + 1).find((each) => each.does !== "ready");
    of("next").textContent = next
      ? `${words.next} ${next.name}${next.seconds === null ? "" : `, ${clock(next.seconds)}`}`
      : words.nextOver;
    if (state.begun) of("told").textContent = `${step.name}. ${step.amount || clock(step.seconds)}`;
    of("back").disabled = at === 0;
  }

  function end() {
    if (shown === steps.length) return;
    shown = steps.length;
    player.hidden = true;
    of("over").classList.add("now");
    of("over").querySelector("h2").tabIndex = -1;
    of("over").querySelector("h2").focus();
    of("over").scrollIntoView({ block: "center" });
  }

  function signal(over) {
    navigator.vibrate?.(over ? [200, 120, 200, 120, 400] : 220);
    if (sound === null) return;
    const tone = sound.createOscillator();
    const soft = sound.createGain();
    tone.frequency.value = over ? 523 : 440;
    soft.gain.setValueAtTime(0.08, sound.currentTime);
    soft.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.6);
    tone.connect(soft).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.6);
  }

  async function stay(on) {
    try {
      if (!on) {
        await awake?.release();
        awake = null;
      } else if (!awake || awake.released) {
        awake = (await navigator.wakeLock?.request("screen")) ?? null;
      }
    } catch {
      // the screen may go dark: the clock goes on all the same
    }
  }

  function press() {
    const now = Date.now();
    const stood = standing(state, steps, now);
    if (stood.at >= steps.length) {
      look();
    } else if (state.since === null) {
      keep({ ...stood, since: now, begun: true });
      stay(true);
      of("told").textContent = steps[stood.at].name;
    } else if (steps[stood.at].seconds === null) {
      move(1);
      return;
    } else {
      keep({ ...stood, since: null, begun: true });
      stay(false);
    }
    look();
  }

  function move(by) {
    const stood = standing(state, steps, Date.now());
    const at = Math.min(steps.length, Math.max(0, stood.at + by));
    const running = state.since !== null && at < steps.length;
    keep({ at, spent: 0, since: running ? Date.now() : null, begun: state.begun });
    if (at >= steps.length) stay(false);
    look();
  }

  of("go").addEventListener("click", press);
  of("back").addEventListener("click", () => move(-1));
  of("skip").addEventListener("click", () => move(1));
  of("tone").addEventListener("change", (event) => {
    sound?.close();
    sound = event.target.checked && window.AudioContext ? new AudioContext() : null;
  });
  document.addEventListener("keydown", (event) => {
    if (player.hidden || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("a, button, input, summary, select, textarea") && event.key === " ") return;
    if (event.target.closest("input, select, textarea")) return;
    const act = { " ": press, ArrowLeft: () => move(-1), ArrowRight: () => move(1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    if (state.since !== null) stay(true);
    look();
  });

  player.hidden = false;
  if (state.at >= steps.length) keep({ at: 0, spent: 0, since: null, begun: false });
  look();
  setInterval(look, 250);
}

/** What this tab kept of the session, where it can be used. */
function kept(key, count) {
  try {
    const found = JSON.parse(sessionStorage.getItem(key));
    const sound = found && Number.isInteger(found.at) && found.at >= 0 && found.at <= count;
    return sound && Number.isFinite(found.spent) && (found.since === null || Number.isFinite(found.since)) ? found : null;
  } catch {
    return null;
  }
}
