/* eslint-disable @typescript-eslint/no-require-imports -- what does the work is loaded when it is called, not before */
import type { Command } from "commander";

import { withHelp } from "../help";
import { runs } from "../run";
import type * as Print from "./print";

/** Registers `completion`, and what its scripts ask. */
export function registerCompletion(program: Command): void {
    const command = program
        .command("completion <shell>")
        .description("Print what bash, zsh or fish load to complete commands, options and values.")
        .action(runs(() => (require("./print") as typeof Print).printScript));
    const [shell] = command.registeredArguments;
    // The command tells a wrong one itself, with what was meant.
    if (shell !== undefined) shell.argChoices = ["bash", "zsh", "fish"];
    withHelp(command, {
        examples: [
            ["npm run --silent completion -- bash > ~/.strongroom.bash", "then: source ~/.strongroom.bash"],
            ["source <(node cli/main.js completion bash)", "in ~/.bashrc, with the path of the clone"],
            ["source <(node cli/main.js completion zsh)", "in ~/.zshrc, after compinit"],
            ["node cli/main.js completion fish | source", "in config.fish"],
        ],
        notes: ["Each also defines a command 'strongroom', where there is none."],
    });
    program
        .command("__complete [words...]", { hidden: true })
        .action(
            runs(
                () => (words: readonly string[]) =>
                    (require("./print") as typeof Print).printCandidates(program, words),
            ),
        );
}
