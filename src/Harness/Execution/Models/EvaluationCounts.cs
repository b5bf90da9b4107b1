using System.Globalization;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>Evaluations of networks, summed over images.</summary>
/// <param name="Main">Of main networks.</param>
/// <param name="Auxiliary">Of second networks.</param>
/// <param name="Correction">Of a correction's own networks.</param>
/// <param name="MultiplyAdds">Multiplications with addition of all of them; null if somebody's are not known.</param>
/// <param name="Declared">Whether some are what a card declares and not what a network reported.</param>
internal sealed record EvaluationCounts(long Main, long Auxiliary, long Correction, Int128? MultiplyAdds, bool Declared)
{
    /// <summary>The words of <c>nfe-counted</c>.</summary>
    internal const string MeasuredWord = "measured";

    internal const string DeclaredWord = "declared";

    private const string Unknown = "?";

    internal static EvaluationCounts None { get; } = new(0, 0, 0, 0, false);

    /// <summary>What a file remembers.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Main} {Auxiliary} {Correction} {(MultiplyAdds is { } all ? all : Unknown)} {(Declared ? DeclaredWord : MeasuredWord)}");

    /// <exception cref="FormatException">The text is no <see cref="Text"/>.</exception>
    internal static EvaluationCounts Parse(string text) => text.Split(' ') is [var main, var auxiliary, var correction, var all, var counted]
        ? new(Number(main), Number(auxiliary), Number(correction), all == Unknown ? null : Int128.Parse(all, CultureInfo.InvariantCulture), counted == DeclaredWord)
        : throw new FormatException($"'{text}' are no counts of evaluations");

    /// <summary>The evaluations of two batches.</summary>
    internal EvaluationCounts Plus(EvaluationCounts other) => new(
        Main + other.Main, Auxiliary + other.Auxiliary, Correction + other.Correction, MultiplyAdds + other.MultiplyAdds, Declared || other.Declared);

    /// <summary>With a call of a network; without a role it is a correction's.</summary>
    internal EvaluationCounts Plus(NetworkCard network, long rows, NetworkRole? role)
    {
        var added = this with { MultiplyAdds = rows == 0 ? MultiplyAdds : MultiplyAdds + (rows * (Int128?)network.MultiplyAdds) };
        return role switch
        {
            NetworkRole.Main => added with { Main = Main + rows },
            NetworkRole.Auxiliary => added with { Auxiliary = Auxiliary + rows },
            _ => added with { Correction = Correction + rows },
        };
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
