import { Duration } from "../../components/domain/duration";
import type { RotatingField } from "../../components/domain/rotation/due";
import { classProblems } from "../../components/domain/rotation/overlap-law";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import type { Random } from "./random";

const DAY = 24 * 60;

/** A field with those who use it. */
export interface ModelField extends RotatingField {
    readonly every: string;
    /** Who accepts what is signed, or uses the key. True for one that takes variables: it syncs, then restarts. */
    readonly consumers: readonly boolean[];
    /** How many sign, or write what is encrypted. */
    readonly producers: number;
}

/** A made-up stack. */
export interface Design {
    readonly deployWithin: string;
    readonly fields: readonly ModelField[];
    /** Whether values are compromised in its histories: much is excused after that. */
    readonly compromises: boolean;
}

/** A stack of one to three fields whose classes keep the overlap law, most of them without a minute to spare. */
export function randomDesign(random: Random): Design {
    const deployWithin = random.between(1, 3 * DAY);
    const fields = Array.from({ length: random.between(1, 3) }, () => randomField(random, deployWithin));
    return { deployWithin: minutes(deployWithin), fields, compromises: random.chance(40) };
}

function randomField(random: Random, deployWithin: number): ModelField {
    const rotationClass = randomClass(random, deployWithin);
    const wrong = classProblems(rotationClass, "class", Duration.parse(minutes(deployWithin)));
    if (wrong.length > 0) throw new Error(`the design breaks the law: ${JSON.stringify(wrong)}`);
    return fieldOf(rotationClass, random.between(1, 12), [random.chance(50), random.chance(50)], 2);
}

function randomClass(random: Random, deployWithin: number): RotationClass {
    const [consumerLag, producerLag] = [lag(random, deployWithin), lag(random, deployWithin)];
    const tokenLife = random.between(1, 4 * DAY);
    const slack = (): number => (random.chance(70) ? 0 : random.between(1, 2 * DAY));
    const announce = deployWithin + consumerLag + slack();
    switch (random.below(5)) {
        case 0:
            return { name: "account", strategy: "swap", grace: minutes(random.between(1, 5 * DAY)) };
        case 1: {
            const grace = random.between(1, 5 * DAY);
            return { name: "plain-data", strategy: "swap", grace: minutes(grace), encryptsData: true };
        }
        case 2:
            return twoKeyClass(consumerLag, deployWithin + consumerLag + slack());
        case 3: {
            const grace = deployWithin + producerLag + slack();
            const lags = { consumerLag, producerLag };
            return { ...overlapClass({ announce, grace, ...lags }), name: "data", encryptsData: true };
        }
        default: {
            const grace = deployWithin + producerLag + tokenLife + slack();
            return overlapClass({ announce, grace, consumerLag, producerLag, tokenLife });
        }
    }
}

/** In minutes. Half of them end with a day, counted from the day in the ledger: nothing is rounded in their favour. */
function lag(random: Random, deployWithin: number): number {
    const days = Math.ceil((deployWithin + 1) / DAY) + random.below(2);
    return random.chance(50) ? days * DAY - deployWithin : random.between(1, 2 * DAY);
}

export type Minutes = Readonly<
    Record<"announce" | "grace" | "consumerLag" | "producerLag", number> & { tokenLife?: number }
>;

export function overlapClass({
    announce,
    grace,
    consumerLag,
    producerLag,
    tokenLife,
}: Minutes): RotationClass {
    return {
        name: "signing",
        strategy: "overlap",
        announce: minutes(announce),
        grace: minutes(grace),
        consumerLag: minutes(consumerLag),
        producerLag: minutes(producerLag),
        ...(tokenLife === undefined ? {} : { tokenLife: minutes(tokenLife) }),
    };
}

export function twoKeyClass(consumerLag: number, grace: number): RotationClass {
    return {
        name: "keys",
        strategy: "two-key",
        consumerLag: minutes(consumerLag),
        grace: minutes(grace),
    };
}

/** A field of the class that is due again as soon as one rotation has ended and some days have passed. */
export function fieldOf(
    rotationClass: RotationClass,
    idleDays: number,
    consumers: readonly boolean[],
    producers: number,
): ModelField {
    const takes = [rotationClass.announce, rotationClass.grace]
        .map((text) => (text === undefined ? 0 : Duration.parse(text).wholeDays))
        .reduce((sum, days) => sum + days, idleDays);
    return { rotationClass, every: `${String(takes)} days`, consumers, producers };
}

export const minutes = (count: number): string => `${String(count)} minutes`;
