using YamlDotNet.Core;

namespace Dfx.Harness.Matrix;

/// <summary>A place in a matrix file, for errors.</summary>
internal readonly record struct Place(string File, long Line, long Column)
{
    internal Place(string file, Mark mark)
        : this(file, mark.Line, mark.Column)
    {
    }

    /// <summary>An error at this place, as <c>file:line:column: problem</c>.</summary>
    internal UsageException Error(string problem) => new($"{File}:{Line}:{Column}: {problem}");
}
