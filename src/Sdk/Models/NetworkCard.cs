using Dfx.Sdk.Internal;

namespace Dfx.Sdk;

/// <summary>A network inside a trained model, for the columns that count evaluations and parameters.</summary>
/// <param name="Name">What reports call it, such as <c>ddpmpp</c> or <c>module</c>.</param>
/// <param name="Parameters">How many numbers it learned.</param>
public sealed record NetworkCard(string Name, long Parameters)
{
    private readonly NetworkIdentity _network = new();

    /// <summary>How often one call of the model runs it, once an image: 1 as a rule. It counts where the network does not report.</summary>
    public int EvaluationsPerCall { get; init; } = 1;

    /// <summary>Whether its evaluations count as the model's own or in the column of second networks.</summary>
    public NetworkRole Role { get; init; } = NetworkRole.Main;

    /// <summary>Multiplications with addition of one evaluation of one image, in convolutions and matrix products; null if nobody counted.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>Whether it tells the meter of its context of every evaluation, as the networks of <c>Dfx.Diffusion</c> do.</summary>
    public bool Reports { get; init; }

    /// <summary>
    /// Whether two cards are of one network. Copies made by <c>with</c> stay cards of their network: a model may call a network of its source by another
    /// name or role, and the network's reports still count as the model's card says.
    /// </summary>
    public bool IsSameNetwork(NetworkCard other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(_network, other._network);
    }

    /// <summary>Whether two cards say the same, of one network or of two: those of a trained model and of the same model loaded are equal.</summary>
    public bool Equals(NetworkCard? other) =>
        other is not null && Name == other.Name && Parameters == other.Parameters && EvaluationsPerCall == other.EvaluationsPerCall && Role == other.Role
        && MultiplyAdds == other.MultiplyAdds && Reports == other.Reports;

    /// <summary>A hash that agrees with <see cref="Equals(NetworkCard?)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Parameters, EvaluationsPerCall, Role, MultiplyAdds, Reports);
}
