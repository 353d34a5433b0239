// Comfort: lists, forms and links work without it. No eval, no inline code, no foreign host.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, place) => values[place]);

// ---- What the API says is English. Pages in another language say it in theirs, as far as it is known there.
let table;
const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

async function speaker() {
  const place = document.documentElement.dataset.sentences;
  table ??= place ? fetch(place).then((answer) => answer.json()).catch(() => ({})) : Promise.resolve({});
  const known = Object.entries(await table)
    .map(([english, here]) => [new RegExp(`^${english.split(/\{\d\}/).map(quoted).join("(.*)")}$`, "s"), here]);
  const say = (sentence) => {
    for (const [english, here] of known) {
      const found = english.exec(sentence);
      if (found) {
        return here.replace(/\{(\d)\}/g, (_, place) => say(found[Number(place) + 1]));
      }
    }
    return sentence;
  };
  return (sentence) => say(String(sentence));
}

// ---- Tables with boxes: the head's box ticks a page, the foot says how many, or takes all that match.
function selecting(form) {
  const head = form.querySelector("input[data-all]");
  const matching = form.querySelector("[data-matching]");
  const whole = matching.querySelector("input");
  const count = form.querySelector("[data-count]");
  const boxes = () => all("input[name='key_id']", form);
  const total = Number(form.dataset.total);
  const show = () => {
    const every = boxes();
    if (whole.checked) {
      every.forEach((box) => { box.checked = true; });
    }
    const ticked = every.filter((box) => box.checked).length;
    head.checked = ticked > 0 && ticked === every.length;
    head.indeterminate = ticked > 0 && ticked < every.length;
    matching.hidden = !(whole.checked || (head.checked && total > every.length));
    const picked = whole.checked ? total : ticked;
    count.textContent = picked === 0 ? form.dataset.none : fill(form.dataset.some, picked.toLocaleString("en"));
    form.classList.toggle("idle", picked === 0);
    for (const button of all("button[name='action'], button[data-test]", form)) {
      button.disabled = picked === 0;
    }
  };
  head.hidden = false;
  head.addEventListener("change", () => {
    for (const box of boxes()) {
      box.checked = head.checked;
    }
    whole.checked = whole.checked && head.checked;
    show();
  });
  form.addEventListener("change", (event) => {
    whole.checked = whole.checked && (event.target.name !== "key_id" || event.target.checked);
    show();
  });
  document.addEventListener("htmx:afterSettle", show);
  form.selection = () => {
    if (!whole.checked) {
      return { ids: boxes().filter((box) => box.checked).map((box) => box.value) };
    }
    return { filter: listed(form) };
  };
  show();
}

// The filter of the list that a form shows or asks about.
function listed(form) {
  const filter = { provider: form.dataset.provider, status: form.dataset.status };
  return form.dataset.text ? { ...filter, q: form.dataset.text } : filter;
}

// ---- What is done to a long list is done a portion at a time, so that there is something to see meanwhile.
const LONG = 2000;
const WATCHED = { block: "block", unblock: "unblock", reset: "reset", "delete-sure": "delete" };

function watching(form, dialog) {
  const bar = dialog.querySelector("progress");
  const state = dialog.querySelector("[data-state]");
  const keys = (number) => fill(dialog.dataset.keys, number.toLocaleString("en"));
  form.addEventListener("submit", async (event) => {
    const action = WATCHED[event.submitter?.value];
    const total = Number(form.dataset.total);
    if (!action || total <= LONG || (form.selection && !form.selection().filter)) {
      return;
    }
    event.preventDefault();
    const say = await speaker();
    let changed = 0;
    let done = false;
    bar.max = total;
    bar.value = 0;
    dialog.addEventListener("cancel", (closing) => done || closing.preventDefault());
    dialog.addEventListener("close", () => window.location.assign(form.getAttribute("action")));
    dialog.showModal();
    try {
      const response = await fetch("/api/keys/bulk", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/x-ndjson" },
        body: JSON.stringify({ action, filter: listed(form) }),
      });
      await lines(response, (text) => {
        const told = JSON.parse(text);
        if (told.error) {
          throw new Error(told.error.message);
        }
        changed = told.changed;
        done = told.done ?? false;
        bar.value = changed;
        state.textContent = done ? fill(dialog.dataset[action], keys(changed)) : fill(dialog.dataset.told, changed.toLocaleString("en"), keys(total));
      });
    } catch (trouble) {
      state.textContent = say(trouble.message ?? trouble);
    }
    if (!done) {
      state.textContent = `${state.textContent} ${fill(dialog.dataset.broke, keys(changed))}`;
    }
    done = true;
    dialog.querySelector("button").hidden = false;
  });
}

// ---- Live tests: a line a key, as the results come.
async function lines(response, hear) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const parts = (rest + (value ?? "")).split("\n");
    rest = done ? "" : parts.pop();
    parts.filter((part) => part.trim() !== "").forEach(hear);
    if (done) {
      return;
    }
  }
}

function testing(form, dialog) {
  const open = form.querySelector("[data-test]");
  const state = dialog.querySelector("[data-state]");
  const log = dialog.querySelector("[data-log]");
  const bar = dialog.querySelector("progress");
  open.hidden = false;
  open.addEventListener("click", () => {
    state.textContent = "";
    log.replaceChildren();
    bar.hidden = true;
    dialog.showModal();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const start = event.submitter;
    const say = await speaker();
    const selection = form.selection();
    const model = dialog.querySelector("input[name='model']").value.trim();
    const sums = { done: 0, passed: 0, failed: 0 };
    start.disabled = true;
    bar.hidden = false;
    bar.max = selection.ids ? selection.ids.length : Number(form.dataset.total);
    bar.value = 0;
    state.textContent = dialog.dataset.running;
    try {
      const response = await fetch("/api/keys/test", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(model ? { ...selection, model } : selection),
      });
      if (!response.ok) {
        state.textContent = say((await response.json()).error.message);
        return;
      }
      await lines(response, (text) => {
        const told = JSON.parse(text);
        if (told.done) {
          return;
        }
        sums.done += 1;
        sums[told.passed ? "passed" : "failed"] += 1;
        bar.value = sums.done;
        state.textContent = fill(dialog.dataset.told, sums.done, sums.passed, sums.failed);
        if (log.childElementCount < 200) {
          const line = document.createElement("li");
          const mark = document.createElement("span");
          mark.className = `badge ${told.passed ? "active" : "blocked"}`;
          mark.textContent = told.passed ? dialog.dataset.passed : dialog.dataset.failed;
          const detail = document.createElement("bdi");
          detail.textContent = ` ${say(told.detail)} · ${told.took_ms} ms · ${told.id.slice(-6)}`;
          line.append(mark, detail);
          log.append(line);
        }
      });
    } catch (trouble) {
      state.textContent = say(trouble.message ?? trouble);
    } finally {
      start.disabled = false;
    }
  });
}

// ---- Many keys are added in portions, so that there is something to see meanwhile. Credentials in JSON go whole.
const PORTION = 5000;

function adding(form) {
  const bar = form.querySelector("progress");
  const state = form.querySelector("[data-state]");
  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type='file']").files[0];
    const pasted = form.querySelector("textarea").value;
    if (event.submitter?.value !== "add" || (file?.size ?? 0) + pasted.length < 200_000) {
      return;
    }
    event.preventDefault();
    const text = [pasted, file ? await file.text() : ""].join("\n");
    // What is not plain is read as a whole, so that it is refused as one, and no list is cut in two.
    const keys = /[{["]|provider,key/.test(text) ? [text] : text.split(/[\n,]+/).map((line) => line.trim()).filter((line) => line !== "");
    const sums = { added: 0, duplicates: 0, invalid: 0 };
    event.submitter.disabled = true;
    bar.hidden = false;
    bar.max = keys.length;
    for (let from = 0; from < keys.length; from += PORTION) {
      const portion = keys.slice(from, from + PORTION);
      const response = await fetch(`/api/keys/add/${encodeURIComponent(form.dataset.provider)}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ keys: portion.join("\n"), remark: form.elements.remark.value, account: form.elements.account.value }),
      });
      const told = await response.json();
      if (!response.ok) {
        state.textContent = (await speaker())(told.error.message);
        event.submitter.disabled = false;
        return;
      }
      sums.added += told.added;
      sums.duplicates += told.duplicates;
      sums.invalid += told.invalid.length;
      bar.value = from + portion.length;
      state.textContent = fill(form.dataset.adding, sums.added.toLocaleString("en"), sums.duplicates.toLocaleString("en"), sums.invalid.toLocaleString("en"));
    }
    form.reset();
    window.setTimeout(() => window.location.reload(), 1500);
  });
}

// ---- Charts. Colours are the tokens of the style sheet, so both schemes fit. Days and hours are those of UTC, in
// which they were summed up.
const drawn = new Map();
const colour = (name) => {
  // What light-dark() comes to is known only where it is used.
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

function draw(canvas) {
  const chart = JSON.parse(canvas.dataset.chart);
  const step = chart.times.length > 1 ? chart.times[1] - chart.times[0] : 3600;
  const days = { month: "numeric", day: "numeric" };
  const style = step >= 86400 ? days : chart.times.length * step > 172800 ? { ...days, hour: "2-digit" } : { hour: "2-digit", minute: "2-digit" };
  const words = new Intl.DateTimeFormat(canvas.dataset.locale, { ...style, hourCycle: "h23", timeZone: "UTC" });
  const lines = chart.kind === "lines";
  const others = chart.series.findIndex((one) => one.rest);
  const [muted, line] = [colour("muted"), colour("line")];
  drawn.set(canvas, new globalThis.Chart(canvas, {
    type: lines ? "line" : "bar",
    data: {
      labels: chart.times.map((at) => words.format(new Date(at * 1000))),
      datasets: chart.series.map((one, place) => {
        const paint = colour(`series-${place === others ? 7 : (place % 7) + 1}`);
        return { label: one.name, data: lines ? one.values.map((value) => value || null) : one.values, spanGaps: true, backgroundColor: paint, borderColor: paint, borderWidth: lines ? 2 : 0, pointRadius: lines ? 2 : 0, tension: 0.25 };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { stacked: !lines, grid: { display: false }, ticks: { color: muted, maxTicksLimit: 8, maxRotation: 0 }, border: { color: line } },
        y: { stacked: !lines, beginAtZero: true, grid: { color: line }, ticks: { color: muted, maxTicksLimit: 5, precision: chart.unit === "" ? 0 : undefined }, border: { display: false }, title: { display: chart.unit !== "", text: chart.unit, color: muted } },
      },
      plugins: {
        legend: { position: "bottom", labels: { color: muted, boxWidth: 10, boxHeight: 10 } },
      },
    },
  }));
}

function charts(root) {
  for (const [canvas, chart] of drawn) {
    if (!canvas.isConnected) {
      chart.destroy();
      drawn.delete(canvas);
    }
  }
  all("canvas[data-chart]", root).filter((canvas) => !drawn.has(canvas)).forEach(draw);
}

// ---- The playground: a chat with any model, streamed, and the same as a curl.
function playing(form) {
  const answer = document.querySelector("[data-answer]");
  const facts = document.querySelector("[data-facts]");
  const way = document.querySelector("[data-way]");
  const curl = document.querySelector("#play-curl");
  let running;
  const asked = () => {
    const messages = [{ role: "user", content: form.elements.message.value }];
    if (form.elements.system.value.trim() !== "") {
      messages.unshift({ role: "system", content: form.elements.system.value });
    }
    return { model: form.elements.model.value.trim(), messages, stream: form.elements.stream.checked };
  };
  const show = () => {
    // What turns the direction of text would turn the command; JSON may say it in numbers.
    const body = JSON.stringify(asked()).replaceAll("'", "'\\''").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
    curl.textContent = `curl ${form.dataset.origin}/v1/chat/completions \\\n  -H "Authorization: Bearer $AUTH_KEY" -H 'Content-Type: application/json' \\\n  -d '${body}'`;
  };
  form.addEventListener("input", show);
  show();
  form.querySelector("[data-stop]").addEventListener("click", () => running?.abort());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const say = await speaker();
    const began = performance.now();
    const body = asked();
    running = new AbortController();
    event.submitter.disabled = true;
    answer.textContent = "";
    facts.textContent = "…";
    way.hidden = true;
    try {
      const response = await fetch("/v1/chat/completions", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${form.elements.auth_key.value}` },
        body: JSON.stringify(body),
        signal: running.signal,
      });
      const header = (name) => response.headers.get(`x-one-balance-${name}`);
      let first = 0;
      if (response.ok && body.stream) {
        await lines(response, (text) => {
          if (!text.startsWith("data:") || text.includes("[DONE]")) {
            return;
          }
          first ||= performance.now() - began;
          answer.textContent += JSON.parse(text.slice(5)).choices?.[0]?.delta?.content ?? "";
        });
      } else {
        const json = await response.json();
        first = performance.now() - began;
        answer.textContent = json.choices?.[0]?.message?.content ?? (json.error ? say(json.error.message) : undefined) ?? JSON.stringify(json, null, 2);
      }
      facts.textContent = fill(form.dataset.told, response.status, Math.round(first), Math.round(performance.now() - began), header("attempts") ?? 0);
      way.href = `/requests/${encodeURIComponent(header("request-id") ?? "")}`;
      way.hidden = false;
    } catch (trouble) {
      facts.textContent = say(trouble.message ?? trouble);
    } finally {
      event.submitter.disabled = false;
    }
  });
}

// ---- Copying, toasts, choices that take effect at once.
function comfort(root) {
  for (const button of all("button[data-copy]", root)) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent += " ✓";
    }, { once: true });
  }
  for (const toast of all("[data-toast]", root)) {
    const close = toast.querySelector("[data-dismiss]");
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
    if (toast.classList.contains("good") && !toast.querySelector("form, li")) {
      window.setTimeout(() => toast.remove(), 8000);
    }
  }
  for (const select of all("select[data-submit]", root)) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
}

// ---- Keyboard.
const PLACES = { o: "/", p: "/providers", r: "/requests", k: "/gateway-keys", s: "/settings", a: "/audit", y: "/playground" };
let going = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) {
    return;
  }
  const help = document.querySelector("[data-help]");
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?" && help) {
    help.showModal();
  } else if (going && PLACES[event.key]) {
    window.location.assign(PLACES[event.key]);
  }
  going = event.key === "g";
});

for (const form of all("form[data-select]")) {
  selecting(form);
  const dialog = document.querySelector("dialog[data-testing]");
  if (dialog) {
    testing(form, dialog);
  }
}
for (const form of all("form[data-select], form[data-whole]")) {
  const dialog = document.querySelector("dialog[data-progress]");
  if (dialog) {
    watching(form, dialog);
  }
}
all("form[data-add]").forEach(adding);
all("form[data-play]").forEach(playing);
comfort(document);
charts(document);
document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.addEventListener("htmx:afterSettle", (event) => charts(event.target.isConnected ? event.target : document));
document.addEventListener("htmx:afterSwap", () => charts(document));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  drawn.forEach((chart) => chart.destroy());
  drawn.clear();
  charts(document);
});
