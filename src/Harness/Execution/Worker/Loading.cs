using Dfx.Harness.Execution.Models;
using Dfx.Harness.Planning;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Makes models and corrections from the artifacts of the jobs that trained them.</summary>
internal static class Loading
{
    internal static LoadedModel Model(JobDesk desk, ModelSpec spec, double fraction, int average = 0, NetworkOwner owner = NetworkOwner.Model)
    {
        var source = Source(desk, spec, owner);
        try
        {
            using var scope = torch.NewDisposeScope();
            var checkpoint = desk.Files(spec.Key).ReadCheckpoint(spec.Training.DueAt(fraction), average);
            var method = desk.Session.Create<IMethod<ITrainedModel>>(spec.Method!);
            return new(method.Load(checkpoint, desk.Context(spec, owner) with { Source = source?.Model }), source);
        }
        catch
        {
            source?.Dispose();
            throw;
        }
    }

    /// <summary>The finished model that a method builds on, or null.</summary>
    internal static LoadedModel? Source(JobDesk desk, ModelSpec spec, NetworkOwner owner) =>
        spec.Source is null ? null : Model(desk, spec.Source, 1.0, owner: owner);

    /// <summary>The source of a correction at the end of its training, in float32 whatever it was trained in: trajectories end with noise that fewer bits would hide.</summary>
    /// <exception cref="NotApplicableException">It is no denoiser.</exception>
    internal static LoadedModel Denoiser(JobDesk desk, ModelSpec spec)
    {
        var loaded = Model(desk, spec with { Precision = Precision.Float32 }, 1.0, owner: NetworkOwner.Source);
        if (loaded.Model is IDenoiser)
        {
            return loaded;
        }

        loaded.Dispose();
        throw new NotApplicableException($"{spec.Method!.Id} trains no denoiser, so there is no trajectory to learn from");
    }

    /// <summary>A correction at a checkpoint of its training; one that learns nothing is made from an empty one.</summary>
    internal static ITrainedCorrection Correction(JobDesk desk, CorrectionSpec spec, double fraction = 1.0, NetworkOwner owner = NetworkOwner.Correction)
    {
        using var scope = torch.NewDisposeScope();
        var checkpoint = spec.Key is { } key ? desk.Files(key).ReadCheckpoint(spec.Training.DueAt(fraction)) : new(new Dictionary<string, torch.Tensor>());
        return desk.Session.Create<ICorrection>(spec.Plugin).Load(checkpoint, desk.Context(spec.Source, owner) with { Augmented = false });
    }
}
