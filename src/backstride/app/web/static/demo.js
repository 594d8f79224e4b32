// A made-up runner is being made: how far it is, then on.
import { watch } from "/static/far.js";

const live = document.getElementById("far").dataset.live;
if (live) watch(live, () => location.reload());
