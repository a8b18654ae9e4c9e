import { createHash } from "node:crypto";

import type { Log, ReportingDescriptor, Result } from "sarif";

import type { Review, ViolationTold } from "../review";
import type { FormOptions, RuleTold } from "./options";
import { plain } from "./text";
import { allFound, rulesOf } from "./violations";
import type { Found } from "./violations";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * Violations of policies for tools that show them at the line: SARIF 2.1.0. What an exemption lets pass is suppressed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(review: Review, options: FormOptions = {}): string {
    const { rules: given, fallbackFile = "Pulumi.yaml", withAbsent = false } = options;
    const found = allFound(review).filter(({ state }) => withAbsent || state !== "absent");
    const rules = rulesOf(found, given);
    const indexes = new Map(rules.map(({ policy }, at) => [policy, at]));
    const seen = new Map<string, number>();
    const log: Log = {
        $schema: SCHEMA,
        version: "2.1.0",
        runs: [
            {
                tool: { driver: { name: "Strongroom", rules: rules.map(ruleText) } },
                columnKind: "utf16CodeUnits",
                results: found.map((each) =>
                    resultOf(each, indexes.get(each.violation.policy) ?? 0, fallbackFile, seen),
                ),
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleText({ policy, id, description, help, url, severity }: RuleTold): ReportingDescriptor {
    const text = sentence(description);
    return {
        id: ruleId(policy, id),
        name: words(policy),
        shortDescription: { text },
        fullDescription: { text },
        help: { text: sentence(help ?? description) },
        ...(url === undefined || !URL.canParse(url) ? {} : { helpUri: url }),
        ...(severity === undefined ? {} : { properties: { severity: plain(severity) } }),
    };
}

function resultOf(found: Found, ruleIndex: number, fallbackFile: string, seen: Map<string, number>): Result {
    const { stack, violation, state, exemption } = found;
    return {
        ruleId: ruleId(violation.policy, violation.id),
        ruleIndex,
        level: levelOf(violation),
        message: { text: `${plain(stack)}: ${sentence(violation.message)}` },
        locations: [locationOf(violation, fallbackFile)],
        partialFingerprints: { "strongroom/v1": fingerprint(found, seen) },
        baselineState: state,
        ...(exemption === undefined
            ? {}
            : {
                  suppressions: [
                      {
                          kind: "external" as const,
                          status: "accepted" as const,
                          justification: `${plain(exemption.reason)} (${plain(exemption.owner)}, until ${plain(exemption.until)})`,
                      },
                  ],
              }),
    };
}

const levelOf = ({ level }: ViolationTold): "error" | "warning" | "none" =>
    level === "mandatory" ? "error" : level === "disabled" ? "none" : "warning";

/** A file always, since GitHub wants one, and the resource by its URN. */
function locationOf(
    { source, urn, resource }: ViolationTold,
    fallbackFile: string,
): NonNullable<Result["locations"]>[number] {
    const { file, line } = source ?? { file: fallbackFile, line: 1 };
    const uri = plain(file).split("/").map(encodeURIComponent).join("/");
    return {
        physicalLocation: {
            artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
            region: { startLine: Math.max(1, line) },
        },
        ...(urn === undefined
            ? {}
            : {
                  logicalLocations: [
                      {
                          fullyQualifiedName: plain(urn),
                          kind: "resource",
                          ...(resource === undefined ? {} : { name: plain(resource) }),
                      },
                  ],
              }),
    };
}

/** The same as long as stack, policy, resource and words are: a line that moves makes nothing new of it. */
function fingerprint({ stack, violation }: Found, seen: Map<string, number>): string {
    const { policy, urn = "", message } = violation;
    const hash = createHash("sha256")
        .update(JSON.stringify([stack, policy, urn, message]))
        .digest("hex")
        .slice(0, 32);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${String(number)}`;
}

/** Texts must not be empty. */
const words = (text: string): string => (plain(text) === "" ? "(empty)" : plain(text));
const ruleId = (policy: string, id = ""): string => (plain(id) === "" ? words(policy) : plain(id));

/** Sentences end. */
const sentence = (text: string): string => (/[.!?]$/u.test(plain(text)) ? plain(text) : `${plain(text)}.`);
