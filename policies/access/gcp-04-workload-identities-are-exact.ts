import type { Facts } from "../facts";
import { parseConditions, type Comparison } from "../reading/cel";
import { CI_ISSUERS, CI_SUBJECTS, isExactCiSubject, isPullRequest, PREVIEWS } from "../reading/ci-subjects";
import { GCP_IAM, gcpGrantsOf, workloadOf } from "../reading/gcp-iam";
import type { Property } from "../reading/property";
import { isListed, isOurPlace, prefixText } from "../reading/scope";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const PROVIDER = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";

/** Claims that tell one repository from all others of the same issuer, and what they are mapped to. */
const REPOSITORY =
    /^(?:assertion|attribute)\.(?:repository|repository_id|project_path|project_id)$|^(?:assertion\.sub|google\.subject)$/;

/**
 * A workload that stands for a service account is one Kubernetes service account of this environment, or one branch or
 * environment of one repository. The issuer of a pipeline's tokens signs those of everybody who uses it, and a pool
 * accepts them all: its provider says by a condition whose it takes, of which comparisons joined by `&&` are understood.
 *
 * A member or a condition that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "GCP-04",
    name: "gcp-04-workload-identities-are-exact",
    description: "Workload Identity admits one service account of this environment; pools have a condition.",
    severity: "critical",
    remediationSteps:
        "Write the member as <project>.svc.id.goog[<namespace>/<name>]; set attributeCondition.",
    url: "https://cloud.google.com/iam/docs/best-practices-for-using-workload-identity-federation",
    peers: ["Checkov", "Trivy"],
    settings: {
        ciIssuers: {
            type: "array",
            items: { type: "string" },
            default: [...CI_ISSUERS],
            description: "Issuers of the tokens of pipelines, without 'https://'; add a self-hosted one.",
        },
        previews: PREVIEWS,
    },
    types: new Set([...GCP_IAM, PROVIDER]),
    check: (resource, context) =>
        resource.type === PROVIDER ? checkProvider(resource.props, context) : checkGrants(resource, context),
};

function checkGrants(resource: Checked, { facts, settings }: Context): readonly Finding[] {
    const grants = gcpGrantsOf(resource);
    if (grants === undefined) {
        const policyData = resource.props.at("policyData");
        return [violation(policyData, "can't be read, so nobody can tell whom it admits", "Use IAMMember")];
    }
    return grants.flatMap(({ role, members }) =>
        each(members, (member) => {
            const text = member.text() ?? "";
            const isWorkload = /\.svc\.id\.goog|^principal(?:Set)?:/.test(text);
            if (!isWorkload && role.text() !== "roles/iam.workloadIdentityUser") return [];
            const subject = subjectOf(text);
            if (subject !== undefined && isPullRequest(subject)) {
                const account = resource.props.at("serviceAccountId").text() ?? "";
                const id = account.split("/").at(-1)?.split("@")[0] ?? "";
                if (isListed(id, listSetting(settings, "previews"), facts)) return [];
            }
            return checkMember(member, facts);
        }),
    );
}

function checkMember(member: Property, facts: Facts): Finding[] {
    const text = member.text() ?? "";
    const workload = workloadOf(text);
    const project = facts.gcp?.project;
    if (workload === undefined) {
        const subject = subjectOf(text);
        if (subject !== undefined && isExactCiSubject(subject, facts)) return [];
        const fix = `Write serviceAccount:${project ?? "<project>"}.svc.id.goog[<namespace>/<name>], or principal://…/subject/ with ${CI_SUBJECTS}`;
        return [violation(member, "stands for no single workload", fix)];
    }
    if (
        workload.project === project &&
        isOurPlace(workload.namespace, facts) &&
        workload.serviceAccount !== "default"
    )
        return [];
    return [
        violation(
            member,
            "is not a workload's own service account in this environment",
            `Use project ${project ?? "-"}, a namespace that begins with ${prefixText("-", facts)}, and not 'default'`,
        ),
    ];
}

/** `repo:acme/strongroom:environment:prod` of `principal://iam.googleapis.com/…/subject/…` */
function subjectOf(member: string): string | undefined {
    return /^principal:\/\/iam\.googleapis\.com\/[^*]*?\/subject\/([^*]+)$/.exec(member)?.[1];
}

function checkProvider(props: Property, { settings }: Context): readonly Finding[] {
    const condition = props.at("attributeCondition");
    const expression = condition.text() ?? "";
    if (expression.trim() === "") {
        return [
            violation(
                condition,
                "is missing, so the pool takes every token of the issuer",
                "Compare a claim, as assertion.repository == '<org>/<name>'",
            ),
        ];
    }
    const comparisons = parseConditions(expression);
    if (comparisons === undefined) {
        return [
            violation(
                condition,
                "has a part that can't be read, so nobody can tell whose tokens it takes",
                "Write comparisons by '==' or 'in', joined by '&&'",
            ),
        ];
    }
    if (!isCi(props.at("oidc", "issuerUri"), listSetting(settings, "ciIssuers"))) return [];
    return comparisons.some(isOfARepository)
        ? []
        : [
              violation(
                  condition,
                  "takes the tokens of every repository",
                  "Add assertion.repository == '<org>/<name>', or assertion.sub",
              ),
          ];
}

function isCi(issuer: Property, ciIssuers: readonly string[]): boolean {
    const host = (issuer.text() ?? "").replace(/^https:\/\//, "");
    return ciIssuers.some((one) => host === one || host.startsWith(`${one}/`));
}

function isOfARepository({ attribute, values }: Comparison): boolean {
    return REPOSITORY.test(attribute) && values.every((value) => /^[^*?\s]+$/.test(value));
}
