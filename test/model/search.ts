import { randomDesign } from "./design";
import type { Design } from "./design";
import { play, randomCommands } from "./history";
import type { Broken } from "./history";
import { MACHINE } from "./machine";
import type { Machine } from "./machine";
import { Random } from "./random";
import { Counts } from "./violation";

/** Commands of one history: several rotations of a field, one after the other. */
const LENGTH = 250;

export interface Search {
    readonly seed: number;
    /** At least as many commands, unless a promise is broken. */
    readonly steps: number;
    readonly machine?: Machine;
    /** @default made-up ones that keep the overlap law */
    readonly design?: (random: Random) => Design;
    readonly counts?: Counts;
}

/** Plays random histories until one breaks a promise. */
export function search({
    seed,
    steps,
    machine = MACHINE,
    design = randomDesign,
    counts = new Counts(),
}: Search): Broken | undefined {
    const random = new Random(seed);
    while (counts.steps < steps) {
        const commands = randomCommands(random, Math.min(LENGTH, steps - counts.steps));
        const broken = play(design(random), commands, machine, counts);
        if (broken !== undefined) return broken;
    }
    return undefined;
}
