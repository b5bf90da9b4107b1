namespace Dfx.Sdk;

/// <summary>A network inside a trained model, for the columns that count evaluations and parameters.</summary>
/// <param name="Name">What reports call it, such as <c>ddpmpp</c> or <c>module</c>.</param>
/// <param name="Parameters">How many numbers it learned.</param>
public sealed record NetworkCard(string Name, long Parameters)
{
    /// <summary>How often one call of the model runs it, once an image: 1 as a rule.</summary>
    public int EvaluationsPerCall { get; init; } = 1;

    /// <summary>Whether its evaluations count as the model's own or in the column of second networks.</summary>
    public NetworkRole Role { get; init; } = NetworkRole.Main;

    /// <summary>Multiplications with addition of one evaluation of one image, in convolutions and matrix products; null if nobody counted.</summary>
    public long? MultiplyAdds { get; init; }
}
