namespace Dfx.Harness.Checking;

/// <summary>One thing that the contract asks of a type.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Expected">What the contract asks for.</param>
/// <param name="Remedy">How authors mend a failure.</param>
/// <param name="Run">Looks: throws <see cref="BreachException"/>, <see cref="NothingToCheckException"/> or whatever the plugin throws.</param>
/// <param name="Needed">Whether the checks after it make no sense if it fails.</param>
internal sealed record Check(string Name, string Expected, string Remedy, Action Run, bool Needed = false);

/// <summary>The contract is broken.</summary>
/// <param name="happened">What happened instead of what was expected.</param>
internal sealed class BreachException(string happened) : Exception(happened);

/// <summary>There is nothing to check.</summary>
/// <param name="reason">Why.</param>
internal sealed class NothingToCheckException(string reason) : Exception(reason);

/// <summary>What checks ask.</summary>
internal static class Expect
{
    internal static void That(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new BreachException(otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Runs what should throw.</summary>
    internal static void Throws<T>(Action action, string otherwise)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T)
        {
            return;
        }

        throw new BreachException(otherwise);
    }
}
