import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Catalogue } from "../../components/domain/catalogue";
import type { Ledger } from "../../components/domain/rotation/stages";
import { configProblems } from "../../stacks/config/check";
import { readStackConfig } from "../../stacks/config/load";
import { readStackLedger } from "../../stacks/config/stack-ledger";
import { declareEnvironment } from "../../stacks/environment";

/** What the SDK sends to the engine for a resource. */
export interface Registration {
    readonly type: string;
    readonly name: string;
    /** The request as it goes over the wire: inputs, parent, provider, dependencies and options. */
    readonly bytes: Buffer;
    readonly request: RegisterResourceRequest;
}

/** A stack as its files have it. */
export interface Source {
    readonly catalogue: Catalogue;
    /** The YAML of the ledger. */
    readonly ledger: string;
    /** By key below our namespace, without `ledger`. */
    readonly config: Readonly<Record<string, unknown>>;
}

type Answer = (error: unknown, response: unknown) => void;

/** The part of the SDK's own stand-in for an engine that is listened to. */
interface Monitor {
    registerResource(request: RegisterResourceRequest, answer: Answer): Promise<void>;
    registerResourceHook?(request: unknown, answer: Answer): void;
}

/** Puts a stand-in for the engine up, which takes registrations down and knows no outputs. */
async function record(): Promise<readonly Registration[]> {
    await pulumi.runtime.setMocks(
        {
            newResource: ({ name, inputs }) => ({
                id: `${name}-id`,
                state: inputs as Record<string, unknown>,
            }),
            call: () => ({}),
        },
        "strongroom",
        "prod",
        true,
    );
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const answerAsMocked = monitor.registerResource.bind(monitor);
    const registrations: Registration[] = [];
    monitor.registerResource = (request, answer) => {
        const [type, name] = [request.getType(), request.getName()];
        const sent = request.cloneMessage();
        // Where in the program it is declared: no part of the resource.
        sent.clearSourceposition();
        sent.clearStacktrace();
        registrations.push({ type, name, bytes: Buffer.from(sent.serializeBinary()), request: sent });
        return answerAsMocked(request, answer);
    };
    monitor.registerResourceHook = (_, answer) => {
        answer(null, {});
    };
    return registrations;
}

/**
 * Declares an environment in this process, tens of times a second, and returns what it registers. What that leaves
 * out: the program's start and the stack as the parent of all, which `renderShop` has.
 *
 * @param drawn what the mark of the state is to know of the ledger; with older values it gets a hook, which is slow.
 */
export async function registrationsOf(
    { catalogue, ledger, config }: Source,
    drawn: Ledger = {},
): Promise<readonly Registration[]> {
    // The SDK writes out a stack trace for each promise and each resource, which takes most of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-ledger-"));
    try {
        fs.writeFileSync(path.join(directory, "ledger.yaml"), ledger);
        const raw = Object.fromEntries(
            Object.entries({ ...config, ledger: "ledger.yaml" }).map(([key, value]) => [
                key,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
        );
        const { config: read, problems: wrong } = readStackConfig(raw, new Set(["values"]));
        const { ledger: generations, problems } = readStackLedger(directory, raw, catalogue);
        const all = [
            ...wrong,
            ...problems,
            ...(read === undefined ? [] : configProblems("prod", read, catalogue)),
        ];
        if (read === undefined || all.length > 0) throw new Error(JSON.stringify(all));
        const registrations = await record();
        declareEnvironment(read, catalogue, generations, { stack: "prod", place: "ledger.yaml", drawn });
        await pulumi.runtime.disconnect();
        return registrations;
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
        fs.rmSync(directory, { recursive: true });
    }
}
