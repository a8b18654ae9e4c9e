import { execFile, type ExecFileException } from "node:child_process";
import { createHash } from "node:crypto";
import {
    copyFileSync,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    rmSync,
    symlinkSync,
    utimesSync,
} from "node:fs";
import path from "node:path";

import { atEnd } from "./at-end";
import type { CacheFolder } from "./folder";

/** The base's dependencies could not be installed. */
export class ModulesFault extends Error {
    override readonly name = "ModulesFault";
}

const LOCK = "package-lock.json";
/** Installed dependencies are hundreds of megabytes. */
const KEPT = 3;

/**
 * Gives a commit's files the dependencies that it asks for: those that are installed here, where its lock file is the
 * same, otherwise its own, which are installed once and kept.
 *
 * @throws {ModulesFault} in a sentence without a period.
 */
export async function giveModules(head: string, base: string, folder: CacheFolder): Promise<void> {
    const modules = path.join(base, "node_modules");
    if (existsSync(modules)) return;
    if (textOf(path.join(base, LOCK)) === textOf(path.join(head, LOCK))) {
        // Where there is none, they are in a folder above, which is above the worktree, too.
        const installed = path.join(head, "node_modules");
        if (existsSync(installed)) symlinkSync(installed, modules, "junction");
        return;
    }
    symlinkSync(await installed(base, folder), modules, "junction");
}

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

async function installed(base: string, folder: CacheFolder): Promise<string> {
    const lock = textOf(path.join(base, LOCK));
    if (lock === "") throw new ModulesFault(`its dependencies can't be told: it has no ${LOCK}`);
    const digest = createHash("sha256").update(process.version).update(lock).digest("hex").slice(0, 16);
    const kept = folder.path("modules", digest);
    const modules = path.join(kept, "node_modules");
    if (existsSync(modules)) {
        utimesSync(kept, new Date(), new Date());
        return modules;
    }
    const own = `${kept}.${process.pid}`;
    const forget = atEnd(() => {
        rmSync(own, { recursive: true, force: true });
    });
    try {
        folder.make("modules");
        mkdirSync(own, { recursive: true });
        for (const name of ["package.json", LOCK, ".npmrc"])
            if (existsSync(path.join(base, name))) copyFileSync(path.join(base, name), path.join(own, name));
        await npmCi(own);
        // Where two reviews install the same, the first one's stay.
        if (!existsSync(modules)) renameSync(own, kept);
        folder.keepNewest("modules", KEPT);
        return modules;
    } finally {
        forget();
        rmSync(own, { recursive: true, force: true });
    }
}

/** Scripts of dependencies don't run: a commit that is only looked at gets to run nothing but its own program. */
function npmCi(directory: string): Promise<void> {
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    // As `npm run` names itself; elsewhere whichever there is.
    const { npm_execpath: npm } = process.env;
    const [program, first] = npm?.endsWith(".js") === true ? [process.execPath, [npm]] : ["npm", []];
    return new Promise((resolve, reject) => {
        const child = execFile(program, [...first, ...args], { cwd: directory }, (error, _, stderr) => {
            forget();
            if (error === null) resolve();
            else reject(new ModulesFault(whyNot(error, stderr)));
        });
        const forget = atEnd(() => {
            child.kill("SIGKILL");
        });
    });
}

/** npm's codes for a registry that can't be reached. */
const NO_NETWORK =
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|EHOSTUNREACH)\b/;

function whyNot({ code }: ExecFileException, said: string): string {
    const differ = "its dependencies are others than those installed here";
    if (code === "ENOENT") return `${differ}, and there is no npm to install them`;
    if (NO_NETWORK.test(said))
        return `${differ}, and the registry can't be reached to install them: try again with a network, once`;
    const told = /npm error code (\w+)/.exec(said)?.[1];
    return `${differ}, and 'npm ci' failed${told === undefined ? "" : ` with ${told}`}`;
}
