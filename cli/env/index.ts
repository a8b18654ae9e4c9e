/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { runs } from "../run";
import type * as Check from "./check";
import type * as Compose from "./compose";
import type * as Example from "./example";
import type * as References from "./references";

const ENVIRONMENT = [
    "-e, --environment <name>",
    "the environment (default: the only one that is not protected)",
] as const;

/** Registers `env` with its subcommands; what one needs is loaded when it is called. */
export function registerEnv(program: Command): void {
    const env = program
        .command("env")
        .description(
            "Develop on one machine with the variables of the catalogue. No value passes through it.",
        );
    withHelp(env, {
        examples: [
            ["npm run env -- example devplatform"],
            ["npm run env -- check .env --platform devplatform"],
            ["npm run env -- compose devplatform"],
            ["npm run env -- references yosai --environment prod"],
        ],
        notes: [
            "There is no 'pull' and no 'push': values go from a store to whoever may read it, and never through here.",
        ],
    });
    registerExample(env);
    registerCheck(env);
    registerCompose(env);
    registerReferences(env);
}

function registerExample(env: Command): void {
    const command = env
        .command("example [platforms...]")
        .description("Print a .env.example: each variable, what it is and how to come by a value.")
        .option(...ENVIRONMENT)
        .option("--write", "into local/examples, which is committed")
        .action(runs(() => (require("./example") as typeof Example).example));
    withHelp(command, {
        examples: [
            ["npm run env -- example devplatform", "to be copied to .env"],
            ["npm run env -- example --write", "all that are committed, anew"],
        ],
    });
}

function registerCheck(env: Command): void {
    const command = env
        .command("check [file]")
        .description("Tell what is wrong with a .env file (default: .env), by line, without a value.")
        .option("-p, --platform <name>", "the platform (default: the one whose variables they are)")
        .option(...ENVIRONMENT)
        .option("--process-env", "check the variables of this process, at a container's start")
        .option("--json", "for programs")
        .action(runs(() => (require("./check") as typeof Check).checkEnv));
    withHelp(command, {
        examples: [
            ["npm run env -- check .env --platform devplatform"],
            ["npm run env -- check .env.prod --platform yosai --environment prod"],
            ["npm run env -- check --process-env --platform estuary --environment prod"],
        ],
        notes: [
            "Where strongroom:protect is true, most warnings are errors, and settings for development are as well.",
        ],
        exitCodes: { 0: "nothing is wrong, or there are warnings alone", 2: "there are errors" },
    });
}

function registerCompose(env: Command): void {
    const command = env
        .command("compose <platform>")
        .description("Print the secrets and the configuration of each service for Docker Compose.")
        .option(...ENVIRONMENT)
        .option("--swarm", "for a Swarm, with the script that creates its secrets from the store")
        .option("--optional", "secrets that applications do without, too")
        .option("--write <dir>", "into files of this folder")
        .action(runs(() => (require("./compose") as typeof Compose).compose));
    withHelp(command, {
        examples: [
            ["npm run env -- compose devplatform --write ../devplatform"],
            ["npm run env -- compose devplatform --swarm --environment prod"],
        ],
    });
}

function registerReferences(env: Command): void {
    const command = env
        .command("references <platform>")
        .description("Print what applications write in their own configuration to mean a field.")
        .option(...ENVIRONMENT)
        .option("--store <store>", "as if the platform were kept in this store")
        .option("--json", "for programs")
        .action(runs(() => (require("./references") as typeof References).references));
    withHelp(command, {
        examples: [
            ["npm run env -- references yosai --environment prod"],
            ["npm run env -- references devplatform --store vault"],
        ],
    });
}
