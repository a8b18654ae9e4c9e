import type { Day } from "../../components/domain/rotation/day";
import { isAbout, type Exempted, type Exemption } from "./exemption";

/** What came of an exemption in a run of the pack. */
export type Use =
    /** Its policy would have been violated. */
    | "used"
    /** Its policy looked at the resource, and found nothing to exempt from. */
    | "unused"
    /** Its policy did not look: it is switched off, or its resource is left out of this deployment, or not decided. */
    | "not asked";

/**
 * Which exemptions there are, and which of them a run needed. One belongs to one run of the pack: a process serves one
 * preview or one update.
 */
export class ExemptionBook {
    readonly #uses = new Map<Exemption, Use>();

    constructor(
        readonly all: readonly Exemption[] = [],
        /** The day that decides what has ended. */
        readonly today: Day = "",
    ) {}

    /** The exemption of a policy for a resource, if one is in force. */
    find(policy: string, subject: Exempted): Exemption | undefined {
        return this.#of(policy, subject).find((exemption) => !this.hasEnded(exemption));
    }

    hasEnded({ until }: Exemption): boolean {
        return until < this.today;
    }

    /** A policy has looked at a resource. */
    looked(policy: string, subject: Exempted, violated: boolean): void {
        for (const exemption of this.#of(policy, subject)) {
            if (violated) this.#uses.set(exemption, "used");
            else if (this.use(exemption) === "not asked") this.#uses.set(exemption, "unused");
        }
    }

    use(exemption: Exemption): Use {
        return this.#uses.get(exemption) ?? "not asked";
    }

    #of(policy: string, subject: Exempted): readonly Exemption[] {
        return this.all.filter((exemption) => exemption.policy === policy && isAbout(exemption, subject));
    }
}
