import { addTo } from "../../../components/domain/grouped";
import { counted } from "../../../components/domain/counted";
import type { Delta, Review, StackReview } from "../../review";
import { code, codes, t } from "../text";
import { byMessage } from "./blocked";
import { sectionOf, together } from "./section";
import type { Section, Told } from "./section";

type Exempt = StackReview["exemptions"] extends Delta<infer T> ? T : never;

/** Policies that newly fail or are newly kept; what failed before is a count. Mandatory ones stand at the top already. */
export const policiesSection = (review: Review): readonly Section[] => [
    ...sectionOf({
        title: "Policies newly failing, advisory",
        tone: "warn",
        items: together(review, ({ violations }) =>
            byMessage(
                violations.appeared.filter(({ level }) => level !== "mandatory" && level !== "disabled"),
            ),
        ),
    }),
    ...sectionOf({
        title: "Policies newly kept",
        tone: "plain",
        items: together(review, fixed),
    }),
    ...sectionOf({
        title: "Wrong as before",
        tone: "plain",
        isFolded: true,
        items: [...together(review, before), ...shared(review)],
    }),
    ...sectionOf({ title: "Exemptions", tone: "warn", items: together(review, exempt) }),
];

function fixed({ violations, accessFindings }: StackReview): readonly Told[] {
    const policies = new Map<string, string[]>();
    for (const { id, policy, resource, urn } of violations.gone)
        addTo(policies, id ?? policy, resource ?? urn ?? "the stack");
    return [
        ...[...policies].map(([policy, resources]) => ({ text: t`${code(policy)} by ${codes(resources)}` })),
        ...accessFindings.gone.map(({ message }) => ({ text: t`No more: ${message}` })),
    ];
}

function before({ violations, accessFindings }: StackReview): readonly Told[] {
    return [
        ...byMessage(violations.stayed),
        ...accessFindings.stayed.map(({ message, place, fix }) => ({
            rank: 1,
            text: t`${message}`,
            below: [t`${code(place)}: ${fix}`],
        })),
    ];
}

const shared = ({ isolation }: Review): Section["items"] =>
    isolation.stayed.map(({ message, fix }) => ({ stacks: [], text: t`${message}`, below: [t`${fix}`] }));

function exempt({ exemptions: { appeared, gone, stayed } }: StackReview): readonly Told[] {
    const line = (verb: string, rank: number) => (each: Exempt) => {
        const { id, policy, resource, urn, exemption } = each;
        const who = t`${code(id ?? policy)} of ${code(resource ?? urn ?? "the stack")}`;
        return {
            rank,
            text: t`${verb} ${who} until ${exemption.until}: ${exemption.reason} (${exemption.owner})`,
        };
    };
    return [
        ...appeared.map(line("New:", 0)),
        ...gone.map(line("No more:", 1)),
        ...(stayed.length === 0
            ? []
            : [{ rank: 2, text: t`${counted(stayed.length, "exemption")} as before` }]),
    ];
}
