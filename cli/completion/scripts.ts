/** The shells whose completion there is. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * What a shell has to load to complete `strongroom`. The words come from the hidden command `__complete`, a line each:
 * the word, a tab, what it is for; or the line `:files` where a file's name may stand. A shell that has no command
 * `strongroom` yet gets one.
 *
 * @param main the path of cli/main.js
 */
export function completionScript(shell: Shell, main: string): string {
    // '@{' stands for what a template would take as its own.
    return SCRIPTS[shell](`node ${quoted(main, shell)}`).replaceAll("@{", "${");
}

/** Single quotes; fish knows a backslash between them, and the others don't. */
function quoted(text: string, shell: Shell): string {
    return shell === "fish"
        ? `'${text.replace(/[\\']/g, "\\$&")}'`
        : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const SCRIPTS: Readonly<Record<Shell, (run: string) => string>> = {
    // Works in the bash of macOS (3.2) too, and without the package bash-completion. Bash splits words at '='.
    bash: (
        run,
    ) => String.raw`# Completion of strongroom for bash. In ~/.bashrc: source <(${run} completion bash)
command -v strongroom >/dev/null || strongroom() { ${run} "$@"; }
_strongroom() {
    local words=() glue= current line i
    for ((i = 1; i <= COMP_CWORD; i++)); do
        if [[ @{COMP_WORDS[i]} == = && @{#words[@]} -gt 0 ]]; then
            words[@{#words[@]} - 1]+== glue=1
        elif [[ -n $glue ]]; then
            words[@{#words[@]} - 1]+=@{COMP_WORDS[i]} glue=
        else
            words+=("@{COMP_WORDS[i]}")
        fi
    done
    current=@{words[@{#words[@]} - 1]}
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o filenames 2>/dev/null
            [[ $current == --*=* ]] && current=@{current#*=}
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
            return
        fi
        line=@{line%%$'\t'*}
        [[ $current == --*=* ]] && line=@{line#*=}
        COMPREPLY+=("$line")
    done < <(${run} __complete -- "@{words[@]}" 2>/dev/null)
}
complete -F _strongroom strongroom
`,
    zsh: (
        run,
    ) => String.raw`# Completion of strongroom for zsh. In ~/.zshrc, after compinit: source <(${run} completion zsh)
whence strongroom >/dev/null || strongroom() { ${run} "$@" }
_strongroom() {
    local -a lines choices
    local line
    lines=("@{(@f)$(${run} __complete -- "@{(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ $lines[1] == :files ]]; then
        [[ $PREFIX == --*=* ]] && compset -P '*='
        _files
        return
    fi
    for line in $lines; do
        choices+=("@{@{line%%$'\t'*}//:/\\:}:@{line#*$'\t'}")
    done
    _describe strongroom choices
}
compdef _strongroom strongroom
`,
    fish: (
        run,
    ) => String.raw`# Completion of strongroom for fish. In config.fish: ${run} completion fish | source
type -q strongroom; or function strongroom; ${run} $argv; end
function __strongroom_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (${run} __complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current")
    else
        printf '%s\n' $lines
    end
end
complete -c strongroom -f -a '(__strongroom_complete)'
`,
};
