namespace Dfx.Sdk;

/// <summary>
/// A method that can tell, before anything is trained, that a value of its options with <see cref="InferenceAttribute"/> cannot work on some data. The host
/// asks for every value that cells have; if none of them can work it trains nothing.
/// </summary>
public interface IUseCheck
{
    /// <summary>Looks at the options that the method was made with. It is called before <see cref="IMethod{TModel}.Train"/> and trains nothing.</summary>
    /// <param name="context">The context that the model would be trained and loaded in.</param>
    /// <exception cref="ArgumentException">The options cannot work; the message says why, and what would.</exception>
    /// <exception cref="NotApplicableException">They have no meaning here.</exception>
    void CheckUse(ModelContext context);
}
