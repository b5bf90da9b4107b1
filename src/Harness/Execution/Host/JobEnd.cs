using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>How a worker's try at a job ended.</summary>
/// <param name="Status">The job's status.</param>
/// <param name="Message">What a person needs to know of it.</param>
/// <param name="Recorded">Whether the worker wrote the record.</param>
/// <param name="StorageFull">Whether there was no room for results.</param>
/// <param name="Begun">Whether the worker came to the job at all; one that was gone before says nothing about it.</param>
/// <param name="Traces">What the job left behind in its process; null if nothing.</param>
internal sealed record JobEnd(Status Status, string? Message, bool Recorded, bool StorageFull = false, bool Begun = true, string? Traces = null);
