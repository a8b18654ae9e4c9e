import { checkAllows, policyDocuments, reachesService, type Statement } from "../reading/iam";
import { IAM_POLICIES } from "../reading/types";
import { each, listSetting, violation, type Finding, type ResourceRule, type Settings } from "../rule";

/** Services whose whole set of actions includes handing out values, or rights to them. */
const GUARDED = ["secretsmanager", "ssm", "kms", "iam", "sts"] as const;

/**
 * An Allow says what it allows: no wildcard for a whole service, and no statement of all but something. A document
 * that is not known yet is decided in the update.
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
    settings: {
        extraServices: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "Further services that may not be allowed as a whole, by their prefix, such as 's3'.",
        },
    },
    types: new Set(IAM_POLICIES),
    check: (resource, { settings }) =>
        each(policyDocuments(resource), (document) =>
            checkAllows(document, (statement) => checkStatement(statement, settings)),
        ),
};

function checkStatement({ at, actions }: Statement, settings: Settings): Finding[] {
    const services = [...GUARDED, ...listSetting(settings, "extraServices")];
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
    const wide = actions
        .filter((action) => isServiceWide(action.text() ?? "*", services))
        .map((action) => violation(action, "allows a whole service", "List the actions that are needed"));
    return [...exclusions, ...wide];
}

/** `kms:*`, `kms:**`, `k?s:*` and `*`; `kms:Describe*` names a part of the service. */
function isServiceWide(action: string, services: readonly string[]): boolean {
    const verb = action.includes(":") ? action.slice(action.indexOf(":") + 1) : action;
    return /^[*?]*\*[*?]*$/.test(verb) && services.some((service) => reachesService(action, service));
}
