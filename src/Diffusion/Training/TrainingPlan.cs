using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>
/// What a run trains and what it keeps beside weights. A step runs <see cref="Before"/>, then each trainee in turn, loss and update, then
/// <see cref="After"/>.
/// </summary>
public sealed record TrainingPlan
{
    private const string Reserved = "state";

    /// <summary>
    /// The trainees in the order of their losses. The first is the main one: a budget in evaluations counts those of its network, and progress
    /// tells its loss first.
    /// </summary>
    public required ImmutableArray<Trainee> Trainees { get; init; }

    /// <summary>
    /// State of the method's own, such as a pool of images or a counter: named tensors that it changes in place and disposes at the end. They are
    /// saved, restored and taken back with the trainees'; those of a floating dtype have to be finite where a checkpoint is due.
    /// </summary>
    public IReadOnlyDictionary<string, torch.Tensor> State { get; init; } = ImmutableDictionary<string, torch.Tensor>.Empty;

    /// <summary>Called before the losses of a step with its whole batch, outside of the graph: where the method advances its state, if it does so first.</summary>
    public Action<TrainingBatch>? Before { get; init; }

    /// <summary>Called after the updates of a step with its whole batch, outside of the graph.</summary>
    public Action<TrainingBatch>? After { get; init; }

    /// <summary>
    /// How many images the method has drawn, for <see cref="Trainee.FrozenFromEpoch"/>: read from its state, after <see cref="Before"/>. Null if
    /// it draws the batch of every step.
    /// </summary>
    public Func<long>? Drawn { get; init; }

    /// <summary>A plan of one network and one loss.</summary>
    /// <param name="network">What is trained; several networks with one loss are submodules of one.</param>
    /// <param name="loss">The loss of a batch.</param>
    public static TrainingPlan Of(torch.nn.Module network, Func<TrainingBatch, torch.Tensor> loss) => new() { Trainees = [new("network", network, loss)] };

    /// <summary>What stands before the names of a trainee's weights in checkpoints.</summary>
    internal string Prefix(Trainee trainee) => Trainees.Length == 1 ? "" : trainee.Name + "/";

    /// <exception cref="ArgumentException">The plan cannot be trained; the message says why.</exception>
    internal TrainingPlan Checked()
    {
        if (Problem() is { } problem)
        {
            throw new ArgumentException($"This training plan cannot be run: {problem}.");
        }

        return this;
    }

    private string? Problem()
    {
        if (Trainees.IsDefaultOrEmpty)
        {
            return "it has no trainee";
        }

        List<object> parameters = [.. Trainees.SelectMany(t => t.Network.parameters())];
        var shared = parameters.Distinct(ReferenceEqualityComparer.Instance).Count() < parameters.Count;
        return Trainees.Select(Problem).FirstOrDefault(problem => problem is not null)
            ?? (Trainees.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count() < Trainees.Length ? "two trainees have one name" : null)
            ?? (shared ? "two trainees have a parameter in common" : null)
            ?? (State.Values.Any(t => t.requires_grad) ? "a tensor of its state is a part of the graph: detach it" : null);
    }

    private static string? Problem(Trainee trainee) => trainee switch
    {
        { Name.Length: 0 } => "a trainee has no name",
        { Name: Reserved } => $"the name '{Reserved}' is that of the method's own state",
        _ when !trainee.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => $"'{trainee.Name}' is no name: letters, digits and hyphens are",
        { Updates: < 1 } => $"{trainee.Name} has {trainee.Updates} updates a step; at least 1 is expected",
        { FrozenFromStep: < 0 } or { FrozenFromEpoch: < 0 or double.NaN } => $"{trainee.Name} is frozen from before the start on; leave it out of the plan",
        _ => null,
    };
}
