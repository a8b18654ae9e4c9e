import type { Day } from "../../components/domain/rotation/day";
import { turnsOfThisMachine } from "../../preview";
import { rotationSince } from "../../preview/rotation/since";
import type { Rendering, RotationSince } from "../../preview/rendering";
import type { Side } from "../review";
import type { Snapshot } from "../snapshot";
import { baseSnapshot } from "./base-snapshot";
import { CacheFolder } from "./folder";
import { digestKey } from "./key";
import { renderSide } from "./render-side";
import { headSide, readRepository } from "./repository";
import { resolveBase } from "./resolve";
import { snapshotOf } from "./snapshot";

export interface SidesOptions {
    /** The folder of Pulumi.yaml. */
    readonly directory: string;
    /** A branch, a tag or a commit. @default `origin/main`, else `main` */
    readonly base?: string | undefined;
    /** Compares with the base itself, and not with where the head parted from it. */
    readonly exact?: boolean;
    /** All of each side, when empty. */
    readonly stacks: readonly string[];
    readonly policies: boolean;
    readonly passphrase?: string | undefined;
    /** The day that exemptions and the steps of ledgers reckon from. */
    readonly today: Day;
    /** False to render the base anew, and to keep nothing of it. */
    readonly cache: boolean;
    /** How far each side is; `side` is the base's name, or undefined for the head. */
    readonly onProgress?: (stack: string, resources: number, side: string | undefined) => void;
}

/** Two commits' worth of stacks, ready to be compared. */
export interface Sides {
    readonly base: Side;
    readonly head: Side;
    /** Each a sentence, without a period. */
    readonly notes: readonly string[];
}

export interface ComparableSides {
    readonly sides: Sides;
    /** Undefined where the base could not be rendered: a note says why. A stack of it that failed is not complete. */
    readonly base: Snapshot | undefined;
    /** With what its ledgers do since the base. */
    readonly head: Snapshot;
    /** What leads from the root of the repository to the project, with a slash at the end; "" where they are one. */
    readonly prefix: string;
}

/**
 * Renders the working tree and the commit that it is to be compared with, and makes snapshots of both. The working tree
 * is only read; what is checked out of the base is gone afterwards.
 *
 * @throws {UserError} when there is nothing to compare with, or the head's configuration is wrong.
 */
export async function comparableSides(options: SidesOptions): Promise<ComparableSides> {
    const { directory, onProgress } = options;
    const repository = await readRepository(directory);
    const resolved = await resolveBase(repository, options.base, options.exact === true);
    const { name, commit } = resolved.side;
    const head = headSide(repository);
    const folder = new CacheFolder(directory);
    const key = digestKey(options.cache ? folder : undefined, options.passphrase);
    const turns = turnsOfThisMachine();
    const common = { ...options, passphrase: options.passphrase, turns };
    // The head takes its turns first; the base is checked out meanwhile.
    const headRendered = renderSide(directory, common, (stack, resources) => {
        onProgress?.(stack, resources, undefined);
    });
    // With a head that is refused there is nothing to compare.
    headRendered.catch(() => {
        turns.close();
    });
    const isSame = commit === repository.commit && repository.changed.length === 0;
    const baseMade = isSame
        ? undefined
        : baseSnapshot({
              ...common,
              repository,
              commit,
              name,
              folder,
              key,
              onProgress: (stack, resources) => onProgress?.(stack, resources, name),
          });
    // Asked while the programs start, and this process has nothing to do.
    const since = rotationSince(
        { directory, base: commit, stacks: options.stacks, today: options.today },
        name,
    );
    const ended = await Promise.allSettled([headRendered, baseMade, since]);
    const [rendered, made] = [valueOf(ended[0]), valueOf(ended[1])];
    const renderings = withRotations(rendered.renderings, ended[2]);
    const snapshot = snapshotOf(renderings, rendered.isolation, await key);
    const notes = [
        ...resolved.notes,
        ...(made?.notes ?? []),
        ...(isSame ? ["The working tree is the base itself: nothing differs"] : []),
    ];
    const base = isSame ? snapshot : made?.snapshot;
    const prefix = repository.prefix === "" ? "" : `${repository.prefix}/`;
    return { sides: { base: resolved.side, head, notes }, base, head: snapshot, prefix };
}

function valueOf<T>(ended: PromiseSettledResult<T>): T {
    if (ended.status === "rejected") throw ended.reason;
    return ended.value;
}

/**
 * What ledgers do is only known of a project that is right. Where its program has told what is wrong, that stands for
 * itself; elsewhere nothing may pass that was not judged.
 */
function withRotations(
    renderings: readonly Rendering[],
    since: PromiseSettledResult<ReadonlyMap<string, RotationSince>>,
): readonly Rendering[] {
    if (since.status === "rejected" && renderings.some(({ complete }) => !complete)) return renderings;
    const found = valueOf(since);
    return renderings.map((each) => {
        const rotation = found.get(each.stack);
        return rotation === undefined ? each : { ...each, rotation };
    });
}
