import { timingOf } from "../../components/domain/rotation/rotation-class";
import { liveStages } from "../../components/domain/rotation/stages";
import type { Generations } from "../../components/domain/rotation/stages";
import type { ModelField } from "./design";
import { Violation } from "./violation";
import type { Counts } from "./violation";

/** What was deployed, one after the other. */
interface Version {
    readonly generations: Generations;
    readonly live: ReadonlySet<number>;
    /** The minute in which the version after it was deployed. */
    replacedAt: number;
}

/** A consumer or a producer: it lives with a version, and has to leave it within its lag. */
export interface User {
    readonly role: "consumer" | "producer";
    readonly lag: number;
    /** It syncs first, and takes what was synced when it restarts. */
    readonly restarts: boolean;
    synced: number;
    version: number;
}

/** A compromise: what it breaks is known, and how long. */
interface Revocation {
    readonly dropped: ReadonlySet<number>;
    readonly fresh: number;
    /** The minute from which on every consumer knows the fresh one. */
    readonly knownFrom: number;
}

/** What is deployed of one field, who has seen what of it, and what is still around that was made with it. */
export class DeployedField {
    readonly users: readonly User[];
    readonly #versions: Version[] = [];
    readonly #drawn = new Set<number>();
    readonly #revocations: Revocation[] = [];
    /** Until which minute, included, something that was made with a generation is valid. */
    readonly #valid = new Map<number, number>();
    readonly #timing;

    constructor(
        readonly spec: ModelField,
        readonly name: string,
        readonly counts: Counts,
    ) {
        this.#timing = timingOf(spec.rotationClass);
        const consumers = spec.consumers.map((restarts): User => this.#user("consumer", restarts));
        const producers = Array.from({ length: spec.producers }, () => this.#user("producer", false));
        this.users = [...consumers, ...producers];
    }

    #user(role: User["role"], restarts: boolean): User {
        const { consumerLag, producerLag } = this.#timing;
        const { minutes: lag } = role === "consumer" ? consumerLag : producerLag;
        return { role, lag, restarts, synced: 0, version: 0 };
    }

    /** The version that is deployed. */
    get latest(): Version {
        return this.#version(this.#versions.length - 1);
    }

    #version(number: number): Version {
        const found = this.#versions[number];
        if (found === undefined) throw new Error("nothing is deployed yet");
        return found;
    }

    /** The minute by which a user has left its version; Infinity while that is the latest. */
    deadline({ version, lag }: User): number {
        return this.#version(version).replacedAt + lag;
    }

    /** A compromise that the ledger gives as its reason. */
    revoked(before: Generations, after: Generations, deployedBy: number): void {
        const dropped = new Set(liveStages(before).map(({ generation }) => generation));
        const fresh = after.current.generation;
        dropped.delete(fresh);
        this.#revocations.push({
            dropped,
            fresh,
            knownFrom: deployedBy + this.#timing.consumerLag.minutes,
        });
    }

    deploy(generations: Generations, now: number): void {
        this.counts.deployments++;
        const live = new Set(liveStages(generations).map(({ generation }) => generation));
        const before = this.#versions.at(-1);
        for (const generation of live) {
            if (before?.live.has(generation) === true) continue;
            if (this.#drawn.has(generation))
                this.#fail("I3 monotonic", `generation ${String(generation)} is drawn a second time`);
            this.#drawn.add(generation);
        }
        for (const gone of before?.live ?? []) if (!live.has(gone)) this.#dropped(gone);
        if (before !== undefined) {
            before.replacedAt = now;
            const { strategy } = this.spec.rotationClass;
            if (strategy === "two-key" && new Set([...before.live, ...live]).size > 2)
                this.counts.thirdKeys++;
        }
        this.#versions.push({ generations, live, replacedAt: Infinity });
        for (const user of this.users) if (user.role === "consumer") this.#judgeUse(user, now);
    }

    /** What a lost key encrypted is lost, whoever knew it. */
    #dropped(generation: number): void {
        const { encryptsData = false } = this.spec.rotationClass;
        if (encryptsData && this.#valid.has(generation))
            this.#fail("I1 overlap", `data of generation ${String(generation)} can't be read any more`);
    }

    /** A consumer's Secret is synced, or a user that reads it at once takes it. */
    refresh(user: User, now: number): void {
        user.synced = this.#versions.length - 1;
        if (!user.restarts) this.#take(user, now);
    }

    /** What was synced is taken. */
    restart(user: User, now: number): void {
        this.#take(user, now);
    }

    #take(user: User, now: number): void {
        if (user.version === user.synced) return;
        if (user.role === "producer" && now < this.deadline(user)) this.sign(user, now);
        user.version = user.synced;
        if (user.role === "producer") this.sign(user, now);
        else this.#judgeAll(user, now);
    }

    /** A producer signs, or encrypts, with the generation that it takes to be the current one. */
    sign(producer: User, now: number): void {
        const { strategy, encryptsData = false } = this.spec.rotationClass;
        if (strategy === "two-key" || (strategy === "swap" && !encryptsData)) return;
        const { generation } = this.#version(producer.version).generations.current;
        this.counts.signed++;
        const until = encryptsData ? Infinity : now + this.#timing.tokenLife.minutes;
        this.#valid.set(generation, Math.max(until, this.#valid.get(generation) ?? 0));
        for (const user of this.users) if (user.role === "consumer") this.#judge(user, generation, now);
    }

    #judgeAll(consumer: User, now: number): void {
        for (const [generation, until] of this.#valid) {
            if (until < now) this.#valid.delete(generation);
            else this.#judge(consumer, generation, now);
        }
        this.#judgeUse(consumer, now);
    }

    /** Whether a consumer accepts what was made with a generation. */
    #judge(consumer: User, generation: number, now: number): void {
        if (this.spec.rotationClass.strategy !== "overlap") return;
        this.counts.judged++;
        if (this.#version(consumer.version).live.has(generation)) return;
        this.#refused(generation, now, "a consumer refuses what is signed or encrypted with");
    }

    /** Whether the issuer still knows the key that a consumer uses. */
    #judgeUse(consumer: User, now: number): void {
        if (this.spec.rotationClass.strategy !== "two-key") return;
        this.counts.judged++;
        const { generation } = this.#version(consumer.version).generations.current;
        if (this.latest.live.has(generation)) return;
        this.#refused(generation, now, "the issuer refuses a key in use,");
    }

    #refused(generation: number, now: number, what: string): void {
        const isKnown = this.#revocations.some(
            ({ dropped, fresh, knownFrom }) =>
                dropped.has(generation) || (fresh === generation && now < knownFrom),
        );
        if (!isKnown) this.#fail("I1 overlap", `${what} generation ${String(generation)}`);
        this.counts.knowinglyBroken++;
    }

    /** Whether nothing is encrypted with the generation any more, and nobody will: what a check of a rewrite proves. */
    isRewritten(generation: number): boolean {
        const producers = this.users.filter(({ role }) => role === "producer");
        const leaves = producers.every(
            ({ version }) => this.#version(version).generations.current.generation !== generation,
        );
        return leaves && !this.#valid.has(generation);
    }

    /** A job writes everything anew with the current generation, once every producer writes with it. */
    rewrite(now: number): void {
        const { encryptsData = false } = this.spec.rotationClass;
        if (!encryptsData) return;
        const { generation } = this.latest.generations.current;
        for (const old of [...this.#valid.keys()]) if (old !== generation) this.#valid.delete(old);
        this.#valid.set(generation, Infinity);
        for (const user of this.users) if (user.role === "consumer") this.#judgeAll(user, now);
    }

    #fail(promise: string, message: string): never {
        throw new Violation(promise, `${this.name}: ${message}`);
    }
}
