import { checkAllows, policyDocuments, type Statement } from "../reading/iam";
import type { Property } from "../reading/property";
import { IAM_POLICIES } from "../reading/types";
import { each, violation, type Finding, type ResourceRule } from "../rule";

/** @see The IAM user guide, "Grammar of the IAM JSON policy language": elements of a statement */
const ELEMENTS: readonly string[] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/**
 * An Allow says what it allows: no wildcard for a service or for all of its actions, no statement of all but something,
 * and nothing that is no element of a statement. A document that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "IAM-01",
    name: "iam-01-actions-are-named",
    description: "IAM policies allow named actions, neither a whole service nor all but something.",
    severity: "high",
    remediationSteps: "List the actions that the consumer needs.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
    peers: ["Checkov", "Trivy", "KICS"],
    types: new Set(IAM_POLICIES),
    check: (resource) => each(policyDocuments(resource), (document) => checkAllows(document, checkStatement)),
};

function checkStatement({ at, actions }: Statement): Finding[] {
    const exclusions = ["NotAction", "NotResource", "NotPrincipal"]
        .map((key) => at.at(key))
        .filter((property) => !property.isAbsent)
        .map((property) =>
            violation(
                property,
                "allows all but what it names",
                "Name what is allowed, in Action and Resource",
            ),
        );
    const strange = at
        .entries()
        .filter(({ key }) => !ELEMENTS.includes(key))
        .map(({ property }) =>
            violation(
                property,
                "is no element of a statement, so nobody can tell what it means",
                "Write the elements as IAM does, with a capital",
            ),
        );
    return [...exclusions, ...actions.flatMap(checkAction), ...strange];
}

/** `kms:*`, `kms:**`, `k?s:Decrypt` and `*`; `kms:Describe*` names a part of the service. */
function checkAction(property: Property): Finding[] {
    const action = property.text() ?? "*";
    const [service = "", verb = service] = action.split(":");
    if (!/[*?]/.test(service) && !/^[*?]*\*[*?]*$/.test(verb)) return [];
    return [violation(property, "allows a whole service", "List the actions that are needed")];
}
