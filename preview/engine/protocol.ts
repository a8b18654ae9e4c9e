import { readFileSync } from "node:fs";

import { PreviewFault } from "../errors";
import { resolveFrom } from "./program";

/** What the SDK must call, or offer, for a preview to be right. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
    "resource_grpc_pb.js": [
        "ResourceMonitor/SupportsFeature",
        "ResourceMonitor/RegisterResource",
        "ResourceMonitor/RegisterResourceOutputs",
        "ResourceMonitor/ReadResource",
        "ResourceMonitor/Invoke",
        "ResourceMonitor/RegisterStackTransform",
        "ResourceMonitor/RegisterResourceHook",
        "ResourceMonitor/SignalAndWaitForShutdown",
    ],
    "engine_grpc_pb.js": ["Engine/Log", "Engine/SetRootResource"],
    "callback_grpc_pb.js": ["Callbacks/Invoke"],
    "analyzer_grpc_pb.js": [
        "Analyzer/Analyze",
        "Analyzer/AnalyzeStack",
        "Analyzer/Remediate",
        "Analyzer/GetAnalyzerInfo",
        "Analyzer/Configure",
        "Analyzer/ConfigureStack",
    ],
};

/**
 * Sees that the installed SDK speaks the protocol that this preview answers: it is public but not promised, so a new
 * version must fail here by name and not later by a strange result.
 *
 * @throws {PreviewFault} naming the methods that are gone.
 */
export function checkProtocol(programDirectory: string): void {
    const missing = Object.entries(METHODS).flatMap(([file, methods]) => {
        const source = readFileSync(resolveFrom(programDirectory, `@pulumi/pulumi/proto/${file}`), "utf8");
        return methods.filter((method) => !source.includes(`'/pulumirpc.${method}'`));
    });
    if (missing.length === 0) return;
    throw new PreviewFault(
        `The installed @pulumi/pulumi lacks ${missing.join(", ")}: use the version that package-lock.json pins`,
    );
}
