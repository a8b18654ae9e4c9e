/** A promise that a history broke; its message tells what happened, with numbers of generations and days alone. */
export class Violation extends Error {
    constructor(
        /** `I1 overlap`: which promise. */
        readonly promise: string,
        message: string,
    ) {
        super(`${promise}: ${message}`);
    }
}

/** What happened in histories, for people. */
export class Counts {
    histories = 0;
    /** Commands that were carried out or refused. */
    steps = 0;
    /** Changes of a ledger that the machine allowed, by kind of step. */
    readonly taken = new Map<string, number>();
    /** Changes that it refused, by kind of step. */
    readonly refused = new Map<string, number>();
    deployments = 0;
    signed = 0;
    /** Tokens, uses of a key and encrypted records, each by each consumer and whenever something changed. */
    judged = 0;
    /** Refusals after a compromise, which the ledger gives as the reason. */
    knowinglyBroken = 0;
    /** Moments in which an issuer of two keys would have needed three. */
    thirdKeys = 0;

    static count(counts: Map<string, number>, kind: string): void {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }

    /** A line for each thing that was counted. */
    lines(): string[] {
        const number = (count: number): string => count.toLocaleString("en");
        const byKind = (counts: Map<string, number>): string =>
            [...counts]
                .sort(([, a], [, b]) => b - a)
                .map(([kind, count]) => `${kind} ${number(count)}`)
                .join(", ");
        return [
            `${number(this.steps)} steps in ${number(this.histories)} histories`,
            `taken: ${byKind(this.taken)}; deployed ${number(this.deployments)} times`,
            `refused by the machine: ${byKind(this.refused)}`,
            `${number(this.judged)} verdicts on ${number(this.signed)} tokens, uses of keys and encrypted records`,
            `${number(this.thirdKeys)} deployments that need a third key for a moment`,
            `${number(this.knowinglyBroken)} refused after a compromise, and known to be; none else`,
        ];
    }
}
