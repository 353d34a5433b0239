// Runs checks and shows what came of them: a table, and below it why some failed.

/** `rows` are [name, [[column, check]]]; a check is a function that fails by throwing. */
export async function table(rows) {
  const columns = [...new Set(rows.flatMap(([, checks]) => checks.map(([column]) => column)))];
  const results = [];
  for (const [row, checks] of rows) {
    const cells = new Map();
    for (const [column, check] of checks) cells.set(column, await outcome(check));
    results.push([row, cells]);
  }
  show(columns, results);
  return results.flatMap(([, cells]) => [...cells.values()]).every((failure) => failure === undefined);
}

async function outcome(check) {
  try {
    await check();
    return undefined;
  } catch (failure) {
    return failure;
  }
}

function show(columns, results) {
  const first = Math.max(...results.map(([row]) => row.length));
  const wide = (column) => Math.max(column.length, 4);
  const line = (name, cells) =>
    [name.padEnd(first), ...columns.map((column) => cells(column).padEnd(wide(column)))].join("  ").trimEnd();
  console.log(line("", (column) => column));
  for (const [row, cells] of results) console.log(line(row, (column) => mark(cells, column)));
  for (const [row, cells] of results) {
    for (const [column, failure] of cells) {
      if (failure) console.log(`\n${row}, ${column}: ${failure.message.split("\n").slice(0, 12).join("\n  ")}`);
    }
  }
}

const mark = (cells, column) => (!cells.has(column) ? "-" : cells.get(column) ? "FAIL" : "ok");
