import { Duration } from "../duration";
import { Problems } from "../problems";
import type { Problem } from "../problems";
import { TIMES, timingOf } from "./rotation-class";
import type { RotationClass } from "./rotation-class";

/** The times that each strategy has. */
const MEANT: Record<RotationClass["strategy"], readonly (typeof TIMES)[number][]> = {
    overlap: TIMES,
    swap: ["grace"],
    "two-key": ["grace", "consumerLag"],
    native: [],
    external: [],
    none: [],
};

/**
 * What is wrong with the times of a class. With A how long a generation is announced, C how late a consumer sees a
 * change, G how long the previous generation is kept, P how late a producer sees a change, V the life of what it signs,
 * and D how long after the day in the ledger `up` is done, nobody ever refuses a valid token if and only if
 * A ≥ D + C and G ≥ D + P + V. A generation of two keys is accepted by its issuer at once, so there G ≥ D + C.
 *
 * @param deployWithin D; nothing when the environment is not known.
 */
export function classProblems(
    rotationClass: RotationClass,
    place: string,
    deployWithin: Duration = Duration.zero,
): readonly Problem[] {
    const problems = new Problems();
    for (const time of TIMES) {
        const text = rotationClass[time];
        if (text === undefined) continue;
        if (!Duration.isValid(text)) {
            problems.add(`${place}.${time}`, `'${text}' is not a duration`, "Write it like '7 days'");
        } else if (!MEANT[rotationClass.strategy].includes(time)) {
            const message = `the strategy '${rotationClass.strategy}' has no such time`;
            problems.add(`${place}.${time}`, message, "Remove it");
        }
    }
    if (!problems.empty) return problems.all;
    const { announce, grace, consumerLag, producerLag, tokenLife } = timingOf(rotationClass);
    const atLeast = (time: "announce" | "grace", actual: Duration, parts: Parts): void => {
        const needed = Object.values(parts).reduce((sum, part) => sum.plus(part), Duration.zero);
        if (!actual.isShorterThan(needed)) return;
        const sum = Object.entries(parts)
            .filter(([, { minutes }]) => minutes > 0)
            .map(([name, part]) => `${name} ${part.toString()}`)
            .join(" + ");
        problems.add(
            `${place}.${time}`,
            `${actual.toString()} is too short: it takes ${needed.toString()} (${sum})`,
            `Set ${time} to '${String(needed.wholeDays)} days' or more`,
        );
    };
    if (rotationClass.strategy === "overlap") {
        atLeast("announce", announce, { deployWithin, consumerLag });
        atLeast("grace", grace, { deployWithin, producerLag, tokenLife });
    } else if (rotationClass.strategy === "two-key") {
        atLeast("grace", grace, { deployWithin, consumerLag });
    }
    return problems.all;
}

type Parts = Readonly<Record<string, Duration>>;

/** A rotation that is not over when the next one is due would never end. */
export function periodProblems(
    rotationClass: RotationClass,
    every: string,
    place: string,
): readonly Problem[] {
    const problems = new Problems();
    const { announce, grace } = timingOf(rotationClass);
    const period = Duration.parse(every);
    const takes = announce.plus(grace);
    if (!takes.isShorterThan(period)) {
        problems.add(
            place,
            `it rotates every ${every}, and one rotation takes ${takes.toString()} (announce ` +
                `${announce.toString()} + grace ${grace.toString()})`,
            "Lengthen the period, or shorten the lags of its class",
        );
    }
    return problems.all;
}
