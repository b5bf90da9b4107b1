namespace Dfx.SoftDiffusion;

/// <summary>What a schedule is found in.</summary>
/// <param name="All">All candidates, with their distances in closed form.</param>
/// <param name="Kept">Those that change the images, with the distances that the path is to be short in.</param>
internal sealed record ScheduleGraph(LevelDistances All, LevelDistances Kept)
{
    /// <summary>The nodes on the shortest path.</summary>
    /// <inheritdoc cref="NodePath.Of" path="/exception"/>
    internal NodePath Path(int nodes) => NodePath.Of(Kept, nodes);
}
