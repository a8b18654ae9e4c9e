import { Duration } from "../../components/domain/duration";
import { CONSUMER_LAG, GENERATIONS } from "../../components/domain/rotation/stamp";
import { CLUSTER_EXTERNAL_SECRET, EXTERNAL_SECRET, externalSecretSpec } from "../reading/external-secrets";
import { goDurationMs } from "../reading/go-duration";
import type { Property } from "../reading/property";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

/** What an ExternalSecret has that names no interval. */
const DEFAULT_INTERVAL = "1h";
const MS_PER_MINUTE = 60_000;

/**
 * A generation is announced for as long as it takes to deploy and until every consumer sees it: the consumer's part of
 * that is the lag that the class of a value allows, and a sync has to come within it with something left for the pod.
 * The ExternalSecret says the shortest lag among its values; where it says none, the setting counts. An interval that
 * the operator can't read, or zero, is no sync at all; one that comes once, or in windows, comes when it comes. Syncs on
 * change are enough where the object itself changes with each generation, and nothing of it is leased.
 *
 * Measured: the schema of the ExternalSecret accepts `never`, and the operator does not.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ESO-04",
    name: "eso-04-syncs-come-within-the-announcement",
    description: "An ExternalSecret refreshes by an interval shorter than its values allow to lag.",
    severity: "high",
    remediationSteps:
        "Set refreshInterval to a Go duration below the lag, and leave the refresh policy periodic.",
    url: "https://external-secrets.io/latest/api/externalsecret/",
    peers: [],
    settings: {
        longestInterval: {
            type: "string",
            default: "4h",
            description: "The longest interval where the ExternalSecret says no lag, as a Go duration.",
        },
    },
    types: new Set([EXTERNAL_SECRET, CLUSTER_EXTERNAL_SECRET]),
    check: (resource, context) => [
        ...each([resource], (each) => checkPolicy(each, context)),
        ...each([externalSecretSpec(resource)], checkImmutable),
    ],
};

function checkPolicy(resource: Checked, context: Context): Finding[] {
    const spec = externalSecretSpec(resource);
    const policy = spec.at("refreshPolicy");
    const kind = policy.isAbsent ? "Periodic" : policy.text();
    if (kind === "Periodic") return checkInterval(resource, context);
    if (kind === "OnChange" && changesWithGenerations(resource)) return [];
    return [violation(policy, "lets a new generation pass unseen", "Remove it, and set refreshInterval")];
}

function changesWithGenerations(resource: Checked): boolean {
    const stamp = metadataOf(resource).at("annotations", GENERATIONS);
    const leases = externalSecretSpec(resource)
        .at("dataFrom")
        .items()
        .some((from) => !from.at("sourceRef", "generatorRef").isAbsent);
    return !leases && (stamp.text() ?? "") !== "";
}

function checkInterval(resource: Checked, { settings }: Context): Finding[] {
    const spec = externalSecretSpec(resource);
    const interval = spec.at("refreshInterval");
    const windows = spec.at("syncWindows");
    const ms = goDurationMs(interval.isAbsent ? DEFAULT_INTERVAL : (interval.text() ?? ""));
    const found: Finding[] = [];
    if (!windows.isAbsent)
        found.push(violation(windows, "holds syncs back for as long as it says", "Remove it"));
    const stamp = metadataOf(resource).at("annotations", CONSUMER_LAG);
    const lag = stamp.text();
    if (!stamp.isAbsent && (lag === undefined || !Duration.isValid(lag)))
        return [...found, violation(stamp, "is no duration", "Write it like '4 hours'")];
    const longest = String(settings["longestInterval"]);
    const limit = lag === undefined ? goDurationMs(longest) : Duration.parse(lag).minutes * MS_PER_MINUTE;
    const fix = `Set it to a Go duration ${lag === undefined ? `of ${longest} or less` : "below the lag that the object names"}, such as 1h`;
    const late = (time: number): boolean =>
        limit === undefined || (lag === undefined ? time > limit : time >= limit);
    if (ms === undefined) found.push(violation(interval, "is no duration that the operator can read", fix));
    else if (ms <= 0) found.push(violation(interval, "never refreshes", fix));
    else if (late(ms)) found.push(violation(interval, "is longer than the values allow to lag", fix));
    return found;
}

function checkImmutable(spec: Property): Finding[] {
    const immutable = spec.at("target", "immutable");
    return immutable.isAbsent || immutable.isFalse
        ? []
        : [violation(immutable, "keeps every later generation out", "Remove it")];
}

/** A ClusterExternalSecret gives its objects annotations of their own. */
function metadataOf({ type, props }: Checked): Property {
    return type === CLUSTER_EXTERNAL_SECRET
        ? props.at("spec", "externalSecretMetadata")
        : props.at("metadata");
}
