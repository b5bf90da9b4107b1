using Dfx.Harness.Planning;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Makes models and corrections from the artifacts of the jobs that trained them.</summary>
internal static class Loading
{
    internal static ITrainedModel Model(JobDesk desk, ModelSpec spec, double fraction)
    {
        using var scope = torch.NewDisposeScope();
        var checkpoint = desk.Files(spec.Key).ReadCheckpoint(spec.Training.StepOf(fraction));
        return desk.Session.Create<IMethod<ITrainedModel>>(spec.Method!).Load(checkpoint, desk.Session.Context(spec, desk.Device));
    }

    /// <summary>The source of a correction at the end of its training.</summary>
    /// <exception cref="NotApplicableException">It is no denoiser.</exception>
    internal static IDenoiser Denoiser(JobDesk desk, ModelSpec spec)
    {
        var model = Model(desk, spec, 1.0);
        if (model is IDenoiser denoiser)
        {
            return denoiser;
        }

        model.Dispose();
        throw new NotApplicableException($"{spec.Method!.Id} trains no denoiser, so there is no trajectory to learn from");
    }

    internal static ITrainedCorrection Correction(JobDesk desk, CorrectionSpec spec)
    {
        using var scope = torch.NewDisposeScope();
        var checkpoint = desk.Files(spec.Key).ReadCheckpoint(spec.Training.StepOf(1.0));
        return desk.Session.Create<ICorrection>(spec.Plugin).Load(checkpoint, desk.Session.Context(spec.Source, desk.Device));
    }
}
