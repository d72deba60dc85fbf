// Reads a CSV file (RFC 4180) and counts in it, by other means than the server's.
import { readFileSync } from "node:fs";

export class Table {
  private constructor(
    readonly header: string[],
    readonly rows: string[][],
  ) {}

  static read(path: string, encoding: string = "utf-8"): Table {
    const text = new TextDecoder(encoding).decode(readFileSync(path));
    const [header, ...rows] = records(text.replace(/^\uFEFF/, ""));
    return new Table(header, rows.filter((row) => row.length > 1 || row[0] !== ""));
  }

  /** How often each answer stands in a column; empty cells are no answers. */
  counts(column: string): Map<string, number> {
    const at = this.header.indexOf(column);
    if (at < 0) throw new Error(`no column is called ${column}`);
    const counts = new Map<string, number>();
    for (const row of this.rows) {
      const cell = (row[at] ?? "").trim();
      if (cell !== "") counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    return counts;
  }
}

function records(text: string): string[][] {
  const all: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const mark = text[i];
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (mark === '"') quoted = true;
    else if (mark === ",") {
      row.push(cell);
      cell = "";
    } else if (mark === "\n" || mark === "\r") {
      if (mark === "\r" && text[i + 1] === "\n") i += 1;
      row.push(cell);
      all.push(row);
      row = [];
      cell = "";
    } else cell += mark;
  }
  if (cell !== "" || row.length > 0) {
    row.push(cell);
    all.push(row);
  }
  return all;
}
