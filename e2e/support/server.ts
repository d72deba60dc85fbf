// The built server on a port of its own, with a new data folder and demo data.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What `serve --demo` says when it is ready. */
export interface Demo {
  url: string;
  email: string;
  password: string;
  token: string;
}

const binary = process.env.HUIYIN_BINARY ?? join(import.meta.dirname, "../../target/release/huiyin");
const READY_MS = 120_000;

export class Server {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly log: string[],
    readonly demo: Demo,
  ) {}

  static async start(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "huiyin-e2e-"));
    const child = spawn(binary, ["serve", "--demo", "--listen", "127.0.0.1:0", "--data-dir", folder], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    const keep = (line: string) => log.push(line);
    createInterface({ input: child.stderr! }).on("line", keep);
    const demo = await new Promise<Demo>((resolve, reject) => {
      const said: Partial<Demo> = {};
      const late = setTimeout(() => reject(new Error(`not ready:\n${log.join("\n")}`)), READY_MS);
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`ended with ${code}:\n${log.join("\n")}`)));
      createInterface({ input: child.stdout! }).on("line", (line) => {
        keep(line);
        const [, word, rest] = /^(url|sign in|api token): (.*)$/.exec(line) ?? [];
        if (word === "url") said.url = rest;
        if (word === "sign in") [said.email, said.password] = rest.split(" ");
        if (word === "api token") said.token = rest;
        if (said.url && said.email && said.password && said.token) {
          clearTimeout(late);
          resolve(said as Demo);
        }
      });
    });
    return new Server(child, folder, log, demo);
  }

  /** A server where nothing has happened yet: teams, each with the person who owns it, and no app. */
  static async empty(teams: { team: string; email: string; password: string }[]): Promise<{ url: string; stop: () => Promise<void> }> {
    const folder = await mkdtemp(join(tmpdir(), "huiyin-e2e-"));
    for (const { team, email, password } of teams) {
      execFileSync(binary, ["user", "create", "--data-dir", folder, "--team", team, email], { input: password });
    }
    const child = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--data-dir", folder], { stdio: ["ignore", "pipe", "pipe"] });
    const log: string[] = [];
    createInterface({ input: child.stderr! }).on("line", (line) => log.push(line));
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready:\n${log.join("\n")}`)), READY_MS);
      child.once("exit", (code) => reject(new Error(`ended with ${code}:\n${log.join("\n")}`)));
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const found = /^url: (.*)$/.exec(line)?.[1];
        if (found !== undefined) {
          clearTimeout(late);
          resolve(found);
        }
      });
    });
    const server = new Server(child, folder, log, { url, email: "", password: "", token: "" });
    return { url, stop: () => server.stop() };
  }

  /** Everything the server wrote so far. */
  said(): string {
    return this.log.join("\n");
  }

  async stop() {
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null) {
      this.process.kill("SIGTERM");
      const hurry = setTimeout(() => this.process.kill("SIGKILL"), 30_000);
      await gone;
      clearTimeout(hurry);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
