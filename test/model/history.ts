import type { User } from "./field";
import { later, nextMidnight } from "./calendar";
import type { Design } from "./design";
import { MACHINE } from "./machine";
import type { Machine } from "./machine";
import { Random } from "./random";
import { anyStep, dueStep, hastyStep, revocation } from "./steps";
import { Counts, Violation } from "./violation";
import { World } from "./world";

const ACTIONS = [
    "pass",
    "due",
    "ask",
    "deploy",
    "refresh",
    "restart",
    "sign",
    "rewrite",
    "compromise",
] as const;
type Action = (typeof ACTIONS)[number];

/** How often each happens, of 100. */
const OFTEN: Readonly<Record<Action, number>> = {
    pass: 26,
    due: 20,
    ask: 14,
    deploy: 9,
    refresh: 12,
    restart: 6,
    sign: 6,
    rewrite: 6,
    compromise: 1,
};
const CHOICES = ACTIONS.flatMap((action) => Array.from({ length: OFTEN[action] }, () => action));

/** One thing that happens; whatever else it needs, its seed decides. */
export interface Command {
    readonly action: Action;
    readonly seed: number;
}

/** A history that broke a promise. */
export interface Broken {
    readonly violation: Violation;
    readonly design: Design;
    readonly commands: readonly Command[];
}

export function randomCommands(random: Random, count: number): Command[] {
    return Array.from({ length: count }, () => ({ action: random.pick(CHOICES), seed: random.next() }));
}

/** Plays a history from its beginning. */
export function play(
    design: Design,
    commands: readonly Command[],
    machine: Machine = MACHINE,
    counts = new Counts(),
): Broken | undefined {
    counts.histories++;
    const played: Command[] = [];
    try {
        const world = new World(design, machine, counts);
        for (const command of commands) {
            counts.steps++;
            played.push(command);
            carryOut(world, design, command);
        }
    } catch (violation) {
        if (violation instanceof Violation) return { violation, design, commands: played };
        throw violation;
    }
    return undefined;
}

function carryOut(world: World, design: Design, { action, seed }: Command): void {
    const random = new Random(seed);
    const { now, today } = world;
    const entry = random.pick(world.entries);
    const { deployed, spec, generations } = entry;
    const user = random.pick(deployed.users);
    switch (action) {
        case "pass": {
            const midnight = nextMidnight(now);
            const deadline = Math.min(world.nextDeadline, midnight);
            const minute = now + random.between(1, 600);
            world.pass(
                random.pick([midnight, midnight, midnight, deadline, Math.max(now, deadline - 1), minute]),
            );
            break;
        }
        case "due": {
            const isHasty = random.chance(40);
            for (const due of world.isInTime(today) ? world.entries : []) {
                const step = isHasty
                    ? hastyStep(random, due.spec, due.generations, today)
                    : dueStep(due.spec, due.generations, today);
                if (step !== undefined) world.take(due, step);
            }
            if (random.chance(50)) {
                world.deploy();
                if (random.chance(60)) rush(world, random.pick(ROLES));
            }
            break;
        }
        case "ask": {
            // The pull request may be a day old, and is deployed in the time that it has left.
            const yesterday = later(today, -1);
            const on = random.chance(20) && world.isInTime(yesterday) ? yesterday : today;
            if (world.isInTime(on)) world.take(entry, anyStep(random, spec, today, on));
            break;
        }
        case "compromise":
            if (design.compromises && world.isInTime(today))
                world.take(entry, revocation(random, generations, today));
            break;
        case "deploy":
            world.deploy();
            break;
        case "refresh":
            if (random.chance(30)) rush(world, random.pick(ROLES));
            else deployed.refresh(user, now);
            break;
        case "restart":
            deployed.restart(user, now);
            break;
        case "sign":
            if (user.role === "producer") deployed.sign(user, now);
            break;
        case "rewrite": {
            deployed.rewrite(now);
            const { previous } = generations;
            const isProved = previous !== undefined && deployed.isRewritten(previous.generation);
            if (isProved) world.take(entry, { kind: "confirm rewrite", on: today });
            break;
        }
    }
}

const ROLES: readonly User["role"][] = ["consumer", "producer"];

/** All consumers, or all producers, take what is deployed at once. */
function rush({ entries, now }: World, role: User["role"]): void {
    for (const { deployed } of entries) {
        for (const user of deployed.users) {
            if (user.role !== role) continue;
            deployed.refresh(user, now);
            deployed.restart(user, now);
        }
    }
}

/** Leaves out of a broken history whatever it breaks without, so that people can read what is left. */
export function shrink({ design, commands, violation }: Broken, machine: Machine = MACHINE): Broken {
    let broken: Broken = { design, commands, violation };
    for (let size = Math.ceil(commands.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let at = 0; at < broken.commands.length;) {
            const fewer = broken.commands.toSpliced(at, size);
            const still = play(design, fewer, machine);
            if (still?.violation.promise === violation.promise) broken = still;
            else at += size;
        }
    }
    return broken;
}

/** A broken history for people: the stack, and what happens. */
export function tell({ design, commands, violation }: Broken): string {
    const lines = commands.map(({ action, seed }) => `  ${action} (${String(seed)})`);
    return [violation.message, `design ${JSON.stringify(design)}`, ...lines].join("\n");
}
