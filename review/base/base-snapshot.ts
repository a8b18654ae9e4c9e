import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { PreviewFault, UserError } from "../../preview/errors";
import type { Rendering } from "../../preview/rendering";
import type { Snapshot, StackSnapshot } from "../snapshot";
import { digestOfCode } from "./code";
import type { CacheFolder } from "./folder";
import { GitFault } from "./git";
import type { DigestKey } from "./key";
import { KeptSnapshots } from "./kept-snapshots";
import { giveModules, ModulesFault } from "./modules";
import { renderSide, type RenderSideOptions } from "./render-side";
import { firstLine, type Repository } from "./repository";
import { snapshotOf } from "./snapshot";
import { Worktree } from "./worktree";

export interface BaseSnapshotOptions extends RenderSideOptions {
    /** The folder of the head's Pulumi.yaml. */
    readonly directory: string;
    readonly repository: Repository;
    readonly commit: string;
    /** How people call it. */
    readonly name: string;
    readonly folder: CacheFolder;
    readonly key: Promise<DigestKey>;
    /** False to make it anew, and to keep nothing. */
    readonly cache: boolean;
    readonly onProgress: (stack: string, resources: number) => void;
}

export interface BaseSnapshot {
    /** Undefined where nothing of it could be rendered. A stack whose program failed is not complete. */
    readonly snapshot: Snapshot | undefined;
    readonly notes: readonly string[];
}

/** The base as it was kept, or rendered in a worktree. What is wrong with it is told in a note: the head stands alone. */
export async function baseSnapshot(options: BaseSnapshotOptions): Promise<BaseSnapshot> {
    const { commit, folder, repository, stacks, policies, today, name } = options;
    const kept = options.cache ? new KeptSnapshots(folder, await options.key) : undefined;
    const madeOf = [
        commit,
        repository.prefix,
        digestOfCode(),
        today,
        String(policies),
        ...[...stacks].sort(),
    ];
    const known = kept?.read(madeOf);
    if (known !== undefined) return { snapshot: known, notes: [] };
    try {
        const snapshot = await rendered(options);
        const failed = snapshot.stacks.filter(({ complete }) => !complete);
        if (failed.length === 0) kept?.write(madeOf, snapshot);
        return {
            snapshot,
            notes: failed.map((stack) => `${standsAlone(name, stack.stack)}: ${whyFailed(stack)}`),
        };
    } catch (error) {
        return { snapshot: undefined, notes: [`${standsAlone(name)}: ${reasonOf(error)}`] };
    }
}

async function rendered(options: BaseSnapshotOptions): Promise<Snapshot> {
    const { repository, folder, commit, directory, onProgress } = options;
    const worktree = await Worktree.add(repository.root, folder.make("worktrees"), commit);
    try {
        const base = path.join(worktree.directory, repository.prefix);
        if (!existsSync(path.join(base, "Pulumi.yaml"))) throw new NoBase("it has no Pulumi.yaml");
        await giveModules(directory, base, folder);
        const stacks = options.stacks.filter((stack) => existsSync(path.join(base, `Pulumi.${stack}.yaml`)));
        // None of those that are asked for is there, or none at all: each is new then.
        if (stacks.length === 0 && (options.stacks.length > 0 || !hasStacks(base)))
            return { stacks: [], isolation: [] };
        const { renderings, isolation } = await renderSide(base, { ...options, stacks }, onProgress);
        return snapshotOf(renderings.map(withOwnPaths), isolation, await options.key);
    } finally {
        worktree.remove();
    }
}

/** Where the base was for a moment is no news: paths are told from the root of its repository. */
const ownPaths = (text: string): string =>
    text.replace(/[^\s'"]*[\\/]\.strongroom[\\/]worktrees[\\/][^\\/\s]+[\\/]/g, "");

const withOwnPaths = (rendering: Rendering): Rendering => ({
    ...rendering,
    diagnostics: rendering.diagnostics.map((each) => ({ ...each, message: ownPaths(each.message) })),
});

/** The base can't be compared with. */
class NoBase extends Error {}

const hasStacks = (directory: string): boolean =>
    readdirSync(directory).some((name) => /^Pulumi\.[\w.-]+\.yaml$/.test(name));

const standsAlone = (name: string, stack?: string): string =>
    `${stack === undefined ? "The head" : `Stack ${stack} of the head`} is shown alone, since ${name} could not be rendered`;

function whyFailed({ diagnostics }: StackSnapshot): string {
    const said = diagnostics.find(({ severity }) => severity === "error")?.message ?? "its program failed";
    return inOneLine(said);
}

/** @throws what is no fault of the base. */
function reasonOf(error: unknown): string {
    if (error instanceof UserError) return inOneLine(error.message);
    if (error instanceof GitFault && !error.isMissing)
        return `Git can't check it out: ${firstLine(error.said)}`;
    if (error instanceof NoBase || error instanceof ModulesFault || error instanceof PreviewFault)
        return inOneLine(error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) return `its files can't be written to .strongroom (${code ?? syscall})`;
    throw error;
}

/** A note is one line, and tells the first of several mistakes. */
const LINE_CHARS = 300;

function inOneLine(text: string): string {
    const [first = "", second] = ownPaths(text)
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    // A list of mistakes says first how many there are.
    const line = first.endsWith(":") && second !== undefined ? `${first} ${second}` : first;
    const bare = line.replace(/\.$/, "");
    return bare.length > LINE_CHARS ? `${bare.slice(0, LINE_CHARS - 1)}…` : bare;
}
