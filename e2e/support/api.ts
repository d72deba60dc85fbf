// The public API as an outside program calls it: bearer token, JSON.
import type { Demo } from "./server";

export interface Line {
  id: string;
  data: Record<string, unknown>;
  state: string | null;
  assignee: string | null;
  department: string | null;
  [more: string]: unknown;
}

export class Api {
  constructor(private readonly demo: Demo) {}

  async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(this.demo.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.demo.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.send("GET", path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.send("POST", path, body);
  }

  /** A customer's answer through the public route: no token, as a web page sends it. */
  async answer(slug: string, data: Record<string, unknown>): Promise<{ id: string; receipt: string; progress: string | null }> {
    const answer = await fetch(`${this.demo.url}/api/v1/public/forms/${slug}/submissions`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": "zh-CN" },
      body: JSON.stringify(data),
    });
    if (answer.status !== 201) throw new Error(`answer: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string; receipt: string; progress: string | null };
  }

  /** The newest submissions of a form that match. */
  async submissions(form: string, filter?: unknown): Promise<Line[]> {
    const query = filter === undefined ? "" : `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
    return (await this.get<{ items: Line[] }>(`/api/v1/forms/${form}/submissions${query}`)).items;
  }

  /** One row of a query, by column name. */
  async row(query: unknown): Promise<Record<string, unknown>> {
    const table = await this.post<{ columns: { name: string }[]; rows: unknown[][] }>("/api/v1/query", query);
    return Object.fromEntries(table.columns.map((column, i) => [column.name, table.rows[0]?.[i]]));
  }
}
