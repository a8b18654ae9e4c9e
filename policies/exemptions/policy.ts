import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { nearest } from "../../components/domain/problems";
import { violationText } from "../message";
import { canonicalType } from "../reading/types";
import type { Rule, Violation } from "../rule";
import type { ExemptionBook } from "./book";
import { calendar, isAbout, type Exemption } from "./exemption";

const ID = "EXM-01";
const MAXIMUM_DAYS = 90;

/**
 * The policy about exemptions, the last of the pack: an exemption ends, soon, and is there only while it is needed.
 * It is none of the rules about secrets, and nothing exempts from it.
 */
export function exemptionPolicy(rules: readonly Rule[], book: ExemptionBook): StackValidationPolicy {
    const description = "An exemption names a policy and a resource of the stack, is needed, and ends soon.";
    return {
        name: "exm-01-exemptions-hold",
        description,
        displayName: `${ID} ${description.replace(/\.$/, "")}`,
        severity: "high",
        remediationSteps: "Take the exemption away and meet the policy, or give it an end that is near.",
        url: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        tags: [ID.toLowerCase()],
        configSchema: {
            properties: {
                maximumDays: {
                    type: "integer",
                    minimum: 1,
                    default: MAXIMUM_DAYS,
                    description: "How many days from today on an exemption may last at most.",
                },
            },
        },
        validateStack: (args, report) => {
            if (book.all.length === 0) args.notApplicable("There are no exemptions");
            const { maximumDays = MAXIMUM_DAYS } = args.getConfig<{ maximumDays?: number }>();
            for (const exemption of book.all) {
                const about = args.resources.filter((resource) => isAbout(exemption, resource));
                for (const finding of check(exemption, about, args.resources, rules, book, maximumDays))
                    report(violationText(ID, exemption.id, finding), about[0]?.urn);
            }
        },
    };
}

function check(
    exemption: Exemption,
    about: readonly PolicyResource[],
    stack: readonly PolicyResource[],
    rules: readonly Rule[],
    book: ExemptionBook,
    maximumDays: number,
): readonly Violation[] {
    const { place, id, until } = exemption;
    const said = (path: string, problem: string, fix: string): Violation[] => [{ path, problem, fix }];
    if (about.length === 0) {
        const near = nearest(exemption.resource, stack.flatMap(namesOf));
        return said(
            `${place}.resource`,
            "is not in this stack",
            near === undefined ? "Take the exemption away" : `Did you mean '${near}'`,
        );
    }
    if (about.length > 1) {
        const problem = `is the name of ${String(about.length)} resources`;
        return said(`${place}.resource`, problem, "Write the URN of the one that is meant");
    }
    if (book.hasEnded(exemption))
        return said(
            `${place}.until`,
            `was the last day, ${until}`,
            `Meet ${id}, and take the exemption away`,
        );
    const findings = [];
    const last = calendar().addDays(book.today, maximumDays);
    if (until > last)
        findings.push(...said(`${place}.until`, `is too far away, ${until}`, `Let it end by ${last}`));
    if (book.use(exemption) === "unused" || !isForType(exemption, about[0], rules))
        findings.push(...said(place, `is not needed: ${id} has nothing against it`, "Take it away"));
    return findings;
}

/** False where the policy never looks at such a resource. */
function isForType(
    { policy }: Exemption,
    resource: PolicyResource | undefined,
    rules: readonly Rule[],
): boolean {
    const rule = rules.find(({ name }) => name === policy);
    return resource !== undefined && rule !== undefined && rule.types.has(canonicalType(resource.type));
}

const namesOf = ({ urn, type, name }: PolicyResource): string[] => [
    urn,
    `${type.split(":").at(-1) ?? ""} ${name}`,
];
