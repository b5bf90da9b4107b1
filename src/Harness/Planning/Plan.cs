namespace Dfx.Harness.Planning;

/// <summary>The jobs of a matrix, each after those that it needs.</summary>
internal sealed record Plan(string Matrix, IReadOnlyList<Job> Jobs)
{
    internal IEnumerable<Job> Cells => Jobs.Where(job => job.Kind == JobKind.Cell);
}
