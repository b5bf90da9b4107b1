using Dfx.Harness.Matrix;

namespace Dfx.Harness.Planning;

/// <summary>What all jobs of one dataset, task and seed share.</summary>
internal sealed record Ground(DatasetEntry Entry, DatasetSpec Dataset, Choice Task, ulong Seed);

/// <summary>A cell before it has a key.</summary>
internal sealed record CellDraft(
    Ground Ground,
    MethodEntry Method,
    Job Train,
    CorrectionEntry? Entry,
    CorrectionSpec? Correction,
    SamplerEntry Sampler,
    int Nfe,
    double Checkpoint,
    int Average,
    double CorrectionCheckpoint,
    string? NotApplicable);
