import { violation, type CheckedInStack, type Context, type Finding, type StackRule } from "../rule";

const SECRETS = new Set([
    "gcp:secretmanager/secret:Secret",
    "gcp:secretmanager/regionalSecret:RegionalSecret",
]);
const PROJECT_CONFIG = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
/** What a folder or an organization records counts for the projects in it. */
const CONFIGS = new Set([
    PROJECT_CONFIG,
    "gcp:folder/iamAuditConfig:IamAuditConfig",
    "gcp:organizations/iamAuditConfig:IamAuditConfig",
]);
const SERVICES = ["secretmanager.googleapis.com", "allServices"];

/**
 * Google records who changes a secret, but not who reads it, unless a project asks for it. Nobody may be left out: an
 * exempted member reads unseen.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "GCP-07",
    name: "gcp-07-reads-are-recorded",
    description: "The audit log records reads of Secret Manager, by everybody.",
    severity: "high",
    remediationSteps:
        "Declare an IAMAuditConfig of secretmanager.googleapis.com with DATA_READ, for everybody.",
    url: "https://cloud.google.com/secret-manager/docs/audit-logging",
    peers: ["Checkov", "Trivy", "KICS"],
    types: new Set([...SECRETS, ...CONFIGS]),
    check: (resource, stack, context) => {
        if (CONFIGS.has(resource.type)) return checkExemptions(resource);
        if (resource !== stack.find(({ type }) => SECRETS.has(type))) return [];
        if (stack.some((each) => CONFIGS.has(each.type) && recordsReads(each, context))) return [];
        const fix =
            "Declare an IAMAuditConfig of the project for secretmanager.googleapis.com with DATA_READ";
        return [violation(resource.props, "is kept where nobody records who reads it", fix)];
    },
};

function recordsReads({ type, props }: CheckedInStack, { facts }: Context): boolean {
    const isHere = type !== PROJECT_CONFIG || props.at("project").text() === facts.gcp?.project;
    return isHere && isAboutSecrets(props) && dataReads(props).length > 0;
}

type Props = CheckedInStack["props"];

const isAboutSecrets = (props: Props): boolean => SERVICES.includes(props.at("service").text() ?? "");

const dataReads = (props: Props): Props[] =>
    props
        .at("auditLogConfigs")
        .items()
        .filter((config) => config.at("logType").text() === "DATA_READ");

function checkExemptions({ props }: CheckedInStack): Finding[] {
    if (!isAboutSecrets(props)) return [];
    const exempted = dataReads(props)
        .map((config) => config.at("exemptedMembers"))
        .filter((members) => members.items().length > 0);
    return exempted.map((members) =>
        violation(members, "lets somebody read without a record", "Take it away"),
    );
}
