using System.CommandLine;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary><c>--reuse</c>: whose results a run takes over.</summary>
internal sealed class ReuseOption
{
    internal Option<string> Option { get; } = new("--reuse")
    {
        Description = "Results of the same keys in neighbouring results folders: own takes those of folders that are yours, any those of everybody, none makes all anew.",
        DefaultValueFactory = _ => "own",
    };

    /// <exception cref="UsageException">It is another word.</exception>
    internal ReuseFrom Of(ParseResult parsed) => parsed.GetValue(Option) switch
    {
        "own" => ReuseFrom.Own,
        "any" => ReuseFrom.Any,
        "none" => ReuseFrom.None,
        var other => throw new UsageException($"--reuse must be own, any or none, not '{other}'"),
    };
}
