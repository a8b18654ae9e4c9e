import { Duration } from "../../components/domain/duration";
import type { Generations } from "../../components/domain/rotation/stages";
import { ImpossibleStep } from "../../components/domain/rotation/steps";
import type { Step } from "../../components/domain/rotation/steps";
import { dayAt, startOf } from "./calendar";
import type { Design, ModelField } from "./design";
import { DeployedField } from "./field";
import type { User } from "./field";
import { judgeAgreement, judgeChange } from "./judge";
import { MACHINE } from "./machine";
import type { Machine } from "./machine";
import { Counts } from "./violation";

/** A field as its ledger has it, and as it is deployed. */
interface LedgerEntry {
    readonly spec: ModelField;
    readonly deployed: DeployedField;
    generations: Generations;
    highest: number;
    /** Whether the ledger has what is not deployed. */
    isPending: boolean;
}

/**
 * One stack in time: its ledger, what is deployed of it, and those who use that. Time goes by in minutes. Whatever has
 * to happen by a minute has happened before anything else does in that minute.
 */
export class World {
    now = 0;
    readonly entries: readonly LedgerEntry[];
    readonly #deployWithin: number;
    /** The minute by which what is in the ledger is deployed. */
    #deployBy = Infinity;

    constructor(
        design: Design,
        readonly machine: Machine,
        readonly counts: Counts,
    ) {
        this.#deployWithin = Duration.parse(design.deployWithin).minutes;
        this.entries = design.fields.map((spec, at): LedgerEntry => {
            const begin: Step = { kind: "begin", on: this.today, cause: { reason: "initial" } };
            const generations = machine.takeStep(undefined, begin);
            const deployed = new DeployedField(spec, `field ${String(at)}`, counts);
            deployed.deploy(generations, 0);
            return { spec, deployed, generations, highest: 1, isPending: false };
        });
    }

    get today(): string {
        return dayAt(this.now);
    }

    /** Whether a step of this day can still be deployed in time. */
    isInTime(day: string): boolean {
        return this.now <= startOf(day) + this.#deployWithin;
    }

    /** Takes a step where the machine allows it. */
    take(entry: LedgerEntry, step: Step): void {
        const { spec, deployed, generations: before, highest } = entry;
        const { rotationClass } = spec;
        const { today } = this;
        if (this.machine.stepFaults(before, step, { rotationClass, today }).length > 0) {
            Counts.count(this.counts.refused, step.kind);
            return;
        }
        let after: Generations;
        try {
            after = this.machine.takeStep(before, step);
        } catch (error) {
            if (!(error instanceof ImpossibleStep)) throw error;
            Counts.count(this.counts.refused, step.kind);
            return;
        }
        Counts.count(this.counts.taken, step.kind);
        const change = { field: deployed.name, before, after, step, highest };
        judgeChange(change);
        if (this.machine === MACHINE) judgeAgreement(change, spec, today);
        entry.generations = after;
        entry.highest = Math.max(highest, after.current.generation, after.next?.generation ?? 0);
        entry.isPending = true;
        const day = "on" in step ? step.on : today;
        const deployBy = Math.max(this.now, startOf(day) + this.#deployWithin);
        this.#deployBy = Math.min(this.#deployBy, deployBy);
        if (step.kind === "revoke") deployed.revoked(before, after, deployBy);
        this.pass(this.now);
    }

    /** `up`: everything that the ledger has. */
    deploy(): void {
        this.#deployBy = Infinity;
        for (const entry of this.entries) {
            if (!entry.isPending) continue;
            entry.isPending = false;
            entry.deployed.deploy(entry.generations, this.now);
        }
        this.pass(this.now);
    }

    /** The next minute in which something has to have happened. */
    get nextDeadline(): number {
        let earliest = this.#deployBy;
        for (const { deployed } of this.entries)
            for (const user of deployed.users) earliest = Math.min(earliest, deployed.deadline(user));
        return earliest;
    }

    /** Lets time go by until a minute, in which whatever is due by then has happened. */
    pass(until: number): void {
        for (;;) {
            const deadline = this.nextDeadline;
            if (deadline > until) break;
            if (deadline > this.now) {
                // The last minute in which a producer may use what it has to leave.
                this.now = deadline - 1;
                for (const { deployed, user } of this.#late(deadline))
                    if (user.role === "producer") deployed.sign(user, this.now);
                this.now = deadline;
            }
            for (const { deployed, user } of this.#late(deadline)) {
                deployed.refresh(user, this.now);
                deployed.restart(user, this.now);
            }
            if (this.#deployBy <= deadline) this.deploy();
        }
        this.now = until;
    }

    /** Those who have to leave the version that they live with. */
    #late(deadline: number): { readonly deployed: DeployedField; readonly user: User }[] {
        return this.entries.flatMap(({ deployed }) =>
            deployed.users
                .filter((user) => deployed.deadline(user) <= deadline)
                .map((user) => ({ deployed, user })),
        );
    }
}
