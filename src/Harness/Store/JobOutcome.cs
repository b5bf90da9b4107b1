using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>What a job gave.</summary>
internal sealed record JobOutcome
{
    /// <summary>Evaluations of main networks an image: the sampler's, the prior's and those that a correction asks the model for.</summary>
    public double? NfeUsed { get; init; }

    /// <summary>Evaluations of second networks an image.</summary>
    public double? NfeAuxiliary { get; init; }

    /// <summary>Evaluations of the correction's own networks an image.</summary>
    public double? NfeCorrection { get; init; }

    /// <summary>All multiply-adds an image in evaluations of the main network; null where either is not known.</summary>
    public double? NfeEquivalent { get; init; }

    /// <summary>Multiplications with addition an image, over all networks; null if somebody's are not known.</summary>
    public double? MultiplyAdds { get; init; }

    /// <summary><c>measured</c> if all evaluations are what networks reported, <c>declared</c> if some are what a card says. Records of earlier hosts lack it.</summary>
    public string? NfeCounted { get; init; }

    /// <summary>The number T of steps that the model's schedule has; null if its time is continuous. Records of earlier hosts lack it.</summary>
    public int? TrainedSteps { get; init; }

    /// <summary>How many noise levels the sampler looked at; null for corruption models. Records of earlier hosts lack it.</summary>
    public int? Levels { get; init; }

    /// <summary>The budget of evaluations an image; null without one. Records of earlier hosts lack it.</summary>
    public int? Nfe { get; init; }

    /// <summary>
    /// T, if the budget goes beyond the T noise levels that the model was trained on: the sampler looked at more of them, or it took them all and left the rest
    /// of the budget. Else null.
    /// </summary>
    [JsonIgnore]
    public int? BeyondSteps => Levels > TrainedSteps || (Levels == TrainedSteps && NfeUsed <= TrainedSteps && NfeUsed < Nfe) ? TrainedSteps : null;

    /// <summary>Images that went through a main network and back in training, until the checkpoint of a cell; null where a network does not report.</summary>
    public double? TrainingEvaluations { get; init; }

    /// <summary>Multiplications with addition of that training: an evaluation once, one with its backward pass three times; null if they are not known.</summary>
    public double? TrainingMultiplyAdds { get; init; }

    /// <summary>For a job that collects, how many rows it has.</summary>
    public long? CollectedRows { get; init; }

    /// <summary>For a job that collects, evaluations of the source's main networks a row.</summary>
    public double? EvaluationsPerRow { get; init; }

    /// <summary>For a job that collects, multiplications with addition of all evaluations; null if somebody's are not known.</summary>
    public double? CollectionMultiplyAdds { get; init; }

    /// <summary>The index of the sampler's level that a correction took over at.</summary>
    public int? StoppedAt { get; init; }

    public IReadOnlyList<MeasuredValue> Metrics { get; init; } = [];

    /// <summary>Metrics that did not apply, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unavailable { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Weights that metrics asked for and that the machine did not have: once it has some of them, a run measures again. Records of earlier hosts lack it.</summary>
    public IReadOnlyList<string> MissingWeights { get; init => field = value ?? []; } = [];

    /// <summary>Metrics that threw, with the message: the values of the others stand, and a run measures again.</summary>
    public IReadOnlyDictionary<string, string> FailedMetrics { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Learned numbers of the model's networks.</summary>
    public long? Parameters { get; init; }

    /// <summary>Files of the job, relative to its folder of artifacts.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
