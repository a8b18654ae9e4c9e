import type { Exemption } from "../../../preview/rendering";
import type { Review, ViolationTold } from "../../review";
import { anchorOf } from "../anchors";
import { markup } from "../html";
import type { Part } from "../html";
import { capped, chip, code, list, table } from "../parts";
import type { Section } from "../parts";
import { acrossStacks } from "./across";
import { inStacks } from "./blockers";

type Told = ViolationTold & { readonly status: "fails" | "fixed" };
type Exempted = ViolationTold & {
    readonly exemption: Exemption;
    readonly status: "new" | "gone" | "as before";
};

/** Policies that the change breaks or mends; those that fail as before are in the list of violations. */
export function policies(review: Review): Section {
    const all = acrossStacks(review, ({ violations }): readonly Told[] => [
        ...violations.appeared.map((each) => ({ ...each, status: "fails" as const })),
        ...violations.gone.map((each) => ({ ...each, status: "fixed" as const })),
    ]);
    const one = ({ it, stacks }: (typeof all)[number]): Part => markup`<p class="head">
            ${it.status === "fixed" ? chip("good", "✓ fixed") : chip("bad", "✗ newly fails")}
            ${it.status === "fails" && chip("plain", it.level)}
            ${
                it.status === "fixed"
                    ? markup`<strong>${it.id ?? it.policy}</strong>`
                    : markup`<a href="#${anchorOf(stacks[0] ?? "", it.policy, it.urn ?? "", it.message)}"
                      >${it.id ?? it.policy}</a
                  >`
            }
            ${it.resource !== undefined && code(it.resource)} ${inStacks(stacks)}
        </p>
        <p class="muted">${it.description}</p>`;
    return {
        id: "policies",
        title: "Policies newly failing and fixed",
        noun: "policies",
        count: all.length,
        body: capped(all, (some) => list(some, one, "cards")),
    };
}

/** What an exemption lets pass, who answers for it, and until when. */
export function exemptions(review: Review): Section {
    const all = acrossStacks(review, ({ exemptions: { appeared, gone, stayed } }): readonly Exempted[] => [
        ...appeared.map((each) => ({ ...each, status: "new" as const })),
        ...gone.map((each) => ({ ...each, status: "gone" as const })),
        ...stayed.map((each) => ({ ...each, status: "as before" as const })),
    ]);
    return {
        id: "exemptions",
        title: "Exemptions",
        noun: "exemptions",
        count: all.length,
        body: capped(all, (some) =>
            table(
                "What an exemption lets pass",
                [
                    { title: "Policy", cell: ({ it }) => markup`<strong>${it.id ?? it.policy}</strong>` },
                    { title: "Resource", cell: ({ it }) => code(it.resource ?? "the stack") },
                    { title: "Reason", cell: ({ it }) => it.exemption.reason },
                    { title: "Owner", cell: ({ it }) => it.exemption.owner },
                    { title: "Last day", cell: ({ it }) => it.exemption.until, kind: "narrow" },
                    {
                        title: "Since the base",
                        cell: ({ it }) =>
                            it.status === "new" ? chip("warn", "+ new") : chip("plain", it.status),
                    },
                    { title: "Stack", cell: ({ stacks }) => inStacks(stacks) },
                ],
                some,
            ),
        ),
    };
}
