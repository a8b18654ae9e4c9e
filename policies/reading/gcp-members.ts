import type { Facts } from "../facts";
import { each, violation, type Finding } from "../rule";
import { checkMember } from "./gcp-grants";
import type { Property } from "./property";
import { isOurPlace, speaksOfAnotherEnvironment } from "./scope";

/** Each member is this environment's, also where it is a service of Google's or a workload of another identity pool. */
export function checkMembers(members: readonly Property[], facts: Facts): readonly Finding[] {
    return each(members, (member) => checkOne(member, facts));
}

/**
 * Google's own agents: no name of ours, but the number of the project that they act for.
 *
 * @see Google Cloud, "Service agents"
 */
const AGENT =
    /^serviceAccount:service-(\d+)@(?:gcp-sa-[a-z0-9-]+|container-engine-robot|compute-system|gs-project-accounts)\.iam\.gserviceaccount\.com$/;

function checkOne(member: Property, facts: Facts): readonly Finding[] {
    const text = member.text() ?? "";
    const agent = AGENT.exec(text)?.[1];
    if (agent !== undefined) return checkAgent(member, agent, facts);
    if (/^principal(?:Set)?:/.test(text)) return checkFederated(member, facts);
    return checkMember(member, facts);
}

function checkAgent(member: Property, number: string, { gcp }: Facts): readonly Finding[] {
    if (gcp?.projectNumber === number) return [];
    const [problem, fix] =
        gcp?.projectNumber === undefined
            ? [
                  "is an agent of Google's, and nobody can tell of which project",
                  "Set strongroom:gcp.projectNumber",
              ]
            : ["is an agent of another project", `Name the one of project ${gcp.projectNumber}`];
    return [violation(member, problem, fix)];
}

/**
 * `principal://iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/subject/…`: of a
 * cluster's pool the subject names namespace and service account.
 *
 * @see Google Cloud, "Principal identifiers"
 */
function checkFederated(member: Property, facts: Facts): readonly Finding[] {
    const text = member.text() ?? "";
    const match =
        /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(\d+)\/.*?\/workloadIdentityPools\/([^/]+)\/(.+)$/.exec(
            text,
        );
    const [, number, pool = "", rest = ""] = match ?? [];
    const { gcp } = facts;
    const isCluster = pool.endsWith(".svc.id.goog");
    const namespace = /^(?:subject\/ns|namespace)\/([^/]+)/.exec(rest)?.[1] ?? "";
    const isOurs =
        gcp !== undefined &&
        number !== undefined &&
        (gcp.projectNumber === undefined || number === gcp.projectNumber) &&
        (isCluster
            ? pool === `${gcp.project}.svc.id.goog` && isOurPlace(namespace, facts)
            : !speaksOfAnotherEnvironment(`${pool}/${rest}`, facts));
    if (isOurs) return [];
    const fix = `Name a workload of '${facts.environment}', in project ${gcp?.project ?? "-"}`;
    return [violation(member, "is no workload of this environment", fix)];
}
